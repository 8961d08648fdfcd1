@echo off
rem Runs dsync; builds it first when it was never built or its sources are newer. Your current folder is the home.
rem DSYNC_JAVA_OPTS reaches the Java virtual machine last and so wins over what stands here.
setlocal
set "root=%~dp0"
set "root=%root:~0,-1%"
set "app=%root%\target\app"
set "build="

set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
rem A bundle may bring its own.
if exist "%root%\runtime\bin\java.exe" set "java=%root%\runtime\bin\java.exe"
set "version="
rem "call", because cmd takes the first and the last quote away from a command that begins with one.
for /f "tokens=3" %%v in ('call "%java%" -version 2^>^&1 ^| findstr /c:" version "') do set "version=%%~v"
if not defined version (
    echo dsync: needs Java 17 or newer and found none: install a JDK or point JAVA_HOME at one. 1>&2
    exit /b 2
)
for /f "delims=.-+" %%m in ("%version%") do set "major=%%m"
if %major% lss 17 (
    echo dsync: needs Java 17 or newer, but found version %version%: install a newer JDK or point JAVA_HOME at one. 1>&2
    exit /b 2
)

if not exist "%root%\pom.xml" (
    set "jar=%root%\dsync.jar"
    goto run
)
call :newest
if not defined stale goto run

where mvn >nul 2>nul
if errorlevel 1 (
    echo dsync: needs Apache Maven 3.8 or newer to build and found none: install it and put it on the PATH. 1>&2
    exit /b 2
)
set "maven="
for /f "tokens=3" %%v in ('mvn -B -v 2^>nul ^| findstr /b /c:"Apache Maven"') do set "maven=%%v"
for /f "tokens=1,2 delims=." %%a in ("%maven%") do if %%a leq 3 if %%b lss 8 (
    echo dsync: needs Apache Maven 3.8 or newer to build, but mvn is version %maven%: install a newer Maven. 1>&2
    exit /b 2
)
if not exist "%app%" md "%app%"
set /a waited=0
:lock
md "%app%\lock" 2>nul && goto locked
if %waited% equ 0 echo dsync: waiting for a build that is under way; if there is none, delete %app%\lock 1>&2
set /a waited+=1
rem Not "timeout", which wants a keyboard.
ping -n 2 127.0.0.1 >nul
goto lock

:locked
call :newest
if not defined stale goto unlock
echo dsync: building, this takes a minute 1>&2
set "next=build-%random%%random%"
type nul > "%app%\next"
call mvn -q -B -DskipTests -Denforcer.skip -f "%root%\pom.xml" -pl dsync-cli -am package <nul 1>&2
if errorlevel 1 goto failed
robocopy "%root%\dsync-cli\target" "%app%\%next%" dsync.jar /njh /njs /nfl /ndl /np >nul
robocopy "%root%\dsync-cli\target\lib" "%app%\%next%\lib" /e /njh /njs /nfl /ndl /np >nul
rem Notes which classes a day's work needs, and keeps them ready to run. The program also starts without.
"%java%" -Xss512k -XX:+UseSerialGC -Dfile.encoding=UTF-8 -Dpicocli.disable.closures=true --enable-native-access=ALL-UNNAMED -XX:DumpLoadedClassList="%app%\%next%\classes" -cp "%app%\%next%\dsync.jar" dev.dsync.cli.Rehearsal "%app%\%next%" <nul >nul 2>nul
if not errorlevel 1 "%java%" -XX:+UseG1GC -Xshare:dump -XX:SharedClassListFile="%app%\%next%\classes" -XX:SharedArchiveFile="%app%\%next%\dsync.jsa" -cp "%app%\%next%\dsync.jar" <nul >nul 2>nul
if errorlevel 1 del "%app%\%next%\dsync.jsa" 2>nul
del "%app%\%next%\classes" 2>nul
rem The newest build's own time is when it began: what was edited meanwhile counts as newer.
powershell -NoProfile -Command "$f=Get-Item $env:app\next; $t=$f.LastWriteTime; Set-Content $f $env:next; (Get-Item $f).LastWriteTime=$t; Move-Item -Force $f $env:app\current"
set "jar=%app%\%next%\dsync.jar"
goto unlock

:failed
del "%app%\next" 2>nul
if not defined build (
    rd "%app%\lock"
    echo dsync: the build failed; what Maven said stands above. 1>&2
    exit /b 2
)
echo dsync: the build failed; going on with the last one that worked 1>&2

:unlock
rd "%app%\lock"

:run
if not exist "%jar%" (
    echo dsync: found neither sources nor %jar%. 1>&2
    exit /b 2
)
rem Words that only look things up and print: the quick compiler alone, and room to throw things away in at the end.
set "quickly="
for %%w in (--help -h --version -V help completion ls status versions config) do if "%~1"=="%%w" set "quickly=-XX:TieredStopAtLevel=1 -Xms64m -Xmn40m"
if "%~1"=="" set "quickly=-XX:TieredStopAtLevel=1 -Xms64m -Xmn40m"
set "archive="
for %%j in ("%jar%") do if exist "%%~dpnj.jsa" set archive="-XX:SharedArchiveFile=%%~dpnj.jsa"
rem Cmd cannot tell whether somebody watches; Java can, from 22 on if told to use its own console.
"%java%" -XX:+UseSerialGC -Xms16m -Xmx320m -Xss512k -XX:FreqInlineSize=100 -XX:InlineSmallCode=900 -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError %archive% -Xshare:auto -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -Xlog:disable "-Xlog:all=warning,cds*=off,class+path*=off:stderr" -Dfile.encoding=UTF-8 -Dpicocli.disable.closures=true -Djdk.console=java.base %quickly% %DSYNC_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%

rem Sets build and jar to the newest good build, and stale if there is none or a source is newer.
:newest
set "stale=yes"
set "build="
if not exist "%app%\current" exit /b 0
set /p build=<"%app%\current"
set "jar=%app%\%build%\dsync.jar"
if not exist "%jar%" (
    set "build="
    exit /b 0
)
set "stale="
for /f "delims=" %%f in ('powershell -NoProfile -Command "$t=(Get-Item $env:app\current).LastWriteTime; Get-ChildItem -Recurse -File $env:root\pom.xml,$env:root\dsync-*\pom.xml,$env:root\dsync-*\src\main | Where-Object LastWriteTime -gt $t | Select-Object -First 1 -ExpandProperty FullName"') do set "stale=%%f"
exit /b 0

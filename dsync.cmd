@echo off
rem Runs dsync; builds it first when it was never built or its sources are newer. Your current folder is the home.
rem DSYNC_JAVA_OPTS reaches the Java virtual machine last and so wins over what stands here.
setlocal
set "root=%~dp0"
set "root=%root:~0,-1%"
set "app=%root%\target\app"
set "build="
set "archive="
set "begun="
if defined dsync_new goto make_start

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

if exist "%root%\pom.xml" goto sources
set "jar=%root%\dsync.jar"
if not exist "%jar%" goto nothing
for %%j in ("%jar%") do set "fits=%version% %%~tj %java% %%~fj"
call :find_start "%root%"
if not defined archive if defined LOCALAPPDATA call :find_start "%LOCALAPPDATA%\dsync"
if not defined archive call :begin_start "%root%"
if not defined archive if not defined begun if defined LOCALAPPDATA call :begin_start "%LOCALAPPDATA%\dsync"
goto run

:sources
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
call :prepare_start "%app%\%next%\dsync.jar" "%app%\%next%"
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
if not exist "%jar%" goto nothing
rem Words that only look things up and print: the quick compiler alone, and room to throw things away in at the end.
set "quickly="
:words
set "word=%~1"
if not defined word goto start
for %%w in (--help -h --version -V help completion ls status versions config) do if "%~1"=="%%w" set "quickly=-XX:TieredStopAtLevel=1 -Xms100m -Xmn72m"
if defined quickly goto start
if "%~1"=="--home" shift /1
if not "%word:~0,1%"=="-" goto start
shift /1
goto words

:start
if not defined archive for %%j in ("%jar%") do set "archive=%%~dpnj.jsa"
if exist "%archive%" (set archive="-XX:SharedArchiveFile=%archive%") else set "archive="
rem Cmd cannot tell whether somebody watches; Java can, from 22 on if told to use its own console.
"%java%" -XX:+UseSerialGC -Xms16m -Xmx320m -Xss512k -XX:FreqInlineSize=100 -XX:InlineSmallCode=900 -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError %archive% -Xshare:auto -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -Xlog:disable "-Xlog:all=warning,cds*=off,class+path*=off:stderr" -Dfile.encoding=UTF-8 -Dpicocli.disable.closures=true -Djdk.console=java.base %quickly% %DSYNC_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%

rem Not in a block, where a bracket in the path would end it.
:nothing
echo dsync: found neither sources nor "%jar%". 1>&2
exit /b 2

rem Notes which classes a day's work needs, and keeps them ready to run, for the jar %1, in the folder %2. The program also
rem starts without.
:prepare_start
"%java%" -Xss512k -XX:+UseSerialGC -Dfile.encoding=UTF-8 -Dpicocli.disable.closures=true --enable-native-access=ALL-UNNAMED -XX:DumpLoadedClassList="%~2\classes" -cp "%~1" dev.dsync.cli.Rehearsal "%~2" <nul >nul 2>nul
if not errorlevel 1 "%java%" -XX:+UseG1GC -Xshare:dump -XX:SharedClassListFile="%~2\classes" -XX:SharedArchiveFile="%~2\dsync.jsa" -cp "%~1" <nul >nul 2>nul
if errorlevel 1 del /f "%~2\dsync.jsa" 2>nul
del "%~2\classes" 2>nul
exit /b 0

rem A bundle's classes are made ready where it runs, because they fit one Java and one place of the jars; beside these, or
rem in the user's cache. "for" in their folder tells what they fit.
:find_start
set found=""
if exist "%~1\start\for" set /p found=<"%~1\start\for"
if %found%=="%fits%" set "archive=%~1\start\dsync.jsa"
exit /b 0

rem Goes on while the command runs that somebody waits for, and after it. A folder can be made only once, so one process
rem does it; if it died, or could not do it, another tries the next day.
:begin_start
set "dsync_new=%~1\start.new"
set day=""
if exist "%dsync_new%\day" set /p day=<"%dsync_new%\day"
if exist "%dsync_new%\day" if not %day%=="%date%" rd /s /q "%dsync_new%" 2>nul
md "%dsync_new%" 2>nul
if errorlevel 1 goto begun
>"%dsync_new%\day" echo "%date%"
set "dsync_place=%~1"
start "" /b /low "%comspec%" /d /c call "%root%\dsync.cmd" <nul >nul 2>nul
:begun
if exist "%dsync_new%\" set "begun=yes"
set "dsync_new="
exit /b 0

:make_start
call :prepare_start "%jar%" "%dsync_new%"
if not "%dsync_place%"=="%root%" goto made
md "%root%\native" 2>nul
move /y "%dsync_new%\native\*" "%root%\native" >nul 2>nul
:made
rd /s /q "%dsync_new%\native" 2>nul
del "%dsync_new%\day" 2>nul
>"%dsync_new%\for" echo "%fits%"
rd /s /q "%dsync_place%\start" 2>nul
move "%dsync_new%" "%dsync_place%\start" >nul 2>nul
exit /b 0

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

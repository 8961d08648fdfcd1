package dev.dsync.cli;

import dev.dsync.cli.Manual.Entry;
import dev.dsync.cli.Manual.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a shell needs to know to complete a dsync command. */
record Completion(Manual manual) {

    /** The script for bash. */
    List<String> bash() {
        List<String> script = new ArrayList<>();
        script.add("# bash completion for dsync; source it, or put it where bash-completion looks");
        script.add("_dsync() {");
        script.add("    local cur=${COMP_WORDS[COMP_CWORD]} prev= command= word i words= options= values= files=");
        script.add("    [ \"$COMP_CWORD\" -eq 0 ] || prev=${COMP_WORDS[COMP_CWORD-1]}");
        script.add("    for ((i = 1; i < COMP_CWORD; i++)); do");
        script.add("        word=${COMP_WORDS[i]}");
        script.add("        case $word in");
        script.add("            --home) ((i++)) ;;");
        script.add("            -*) ;;");
        script.add("            *) command=$word && break ;;");
        script.add("        esac");
        script.add("    done");
        script.add("    case $command in");
        script.add("        '') words='" + String.join(" ", names()) + " help' options='"
                + words(manual.pages().get(0).options().stream().filter(this::everywhere)) + " --version' ;;");
        script.add("        help) words='" + String.join(" ", names()) + "' ;;");
        for (Page page : manual.pages()) {
            script.add("        " + page.name() + ") words='" + String.join(" ", page.words()) + "' options='"
                    + words(page.options().stream()) + "' files=" + (page.takesPaths() ? "yes" : "") + " ;;");
        }
        script.add("    esac");
        script.add("    case $command:$prev in");
        for (Page page : manual.pages()) {
            for (Entry option : page.options()) {
                if (option.takesValue()) {
                    script.add(bashValue(page, option));
                }
            }
        }
        script.add("        :--home) COMPREPLY=($(compgen -d -- \"$cur\")) && return ;;");
        script.add("    esac");
        script.add("    case $cur in");
        script.add("        -*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) ;;");
        script.add("        *)");
        script.add("            COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))");
        script.add("            [ -z \"$files\" ] || COMPREPLY+=($(compgen -f -- \"$cur\"))");
        script.add("            ;;");
        script.add("    esac");
        script.add("}");
        script.add("complete -o filenames -F _dsync dsync ./dsync");
        return script;
    }

    private static String bashValue(Page page, Entry option) {
        String patterns = String.join(
                " | ",
                option.names().stream().map(name -> page.name() + ':' + name).toList());
        String reply = option.choices().isEmpty()
                ? option.takesFile() ? "COMPREPLY=($(compgen -f -- \"$cur\"))" : "COMPREPLY=()"
                : "COMPREPLY=($(compgen -W '" + String.join(" ", option.choices()) + "' -- \"$cur\"))";
        return "        " + patterns + ") " + reply + " && return || return 0 ;;";
    }

    /** The script for zsh, a file named {@code _dsync} in a folder of {@code fpath}. */
    List<String> zsh() {
        List<String> script = new ArrayList<>();
        script.add("#compdef dsync");
        script.add("_dsync() {");
        script.add("    local -a commands");
        script.add("    commands=(");
        for (Page page : manual.pages()) {
            script.add("        " + quoted(page.name() + ':' + page.summary()));
        }
        script.add("    )");
        script.add("    local i command=");
        script.add("    for ((i = 2; i < CURRENT; i++)); do");
        script.add("        case $words[i] in");
        script.add("            --home) ((i++)) ;;");
        script.add("            -*) ;;");
        script.add("            *) command=$words[i] && break ;;");
        script.add("        esac");
        script.add("    done");
        script.add("    case $command in");
        for (Page page : manual.pages()) {
            script.add("        " + page.name() + ")");
            script.add("            _arguments -s \\");
            for (Entry option : page.options()) {
                option.names().forEach(name -> script.add("                " + zshOption(name, option) + " \\"));
            }
            script.add("                " + quoted("1:command:") + " \\");
            script.add("                " + quoted("*:" + page.name() + ":" + zshWords(page)));
            script.add("            ;;");
        }
        script.add("        *) _describe command commands ;;");
        script.add("    esac");
        script.add("}");
        script.add("_dsync \"$@\"");
        return script;
    }

    private static String zshOption(String name, Entry option) {
        String text = name + '[' + option.description().replace("[", "(").replace("]", ")") + ']';
        if (!option.takesValue()) {
            return quoted("*" + text);
        }
        String values = !option.choices().isEmpty()
                ? '(' + String.join(" ", option.choices()) + ')'
                : option.takesFile() ? "_files" : "";
        return quoted("*" + text + ':' + option.label().replace(":", "") + ':' + values);
    }

    private static String zshWords(Page page) {
        return page.takesPaths() ? "_files" : '(' + String.join(" ", page.words()) + ')';
    }

    /** The script for fish. */
    List<String> fish() {
        List<String> script = new ArrayList<>();
        script.add("# fish completion for dsync");
        script.add("complete -c dsync -f");
        for (Page page : manual.pages()) {
            script.add("complete -c dsync -n __fish_use_subcommand -a " + page.name() + " -d "
                    + fishQuoted(page.summary()));
        }
        for (Page page : manual.pages()) {
            String here = "complete -c dsync -n '__fish_seen_subcommand_from " + page.name() + "'";
            if (!page.words().isEmpty()) {
                script.add(here + " -a '" + String.join(" ", page.words()) + "'");
            }
            if (page.takesPaths()) {
                script.add(here + " -F");
            }
            page.options().forEach(option -> script.add(here + fishOption(option)));
        }
        return script;
    }

    private static String fishOption(Entry option) {
        StringBuilder line = new StringBuilder();
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.takesValue()) {
            line.append(option.takesFile() ? " -r -F" : " -x");
        }
        if (!option.choices().isEmpty()) {
            line.append(" -a '").append(String.join(" ", option.choices())).append('\'');
        }
        return line.append(" -d ").append(fishQuoted(option.description())).toString();
    }

    private List<String> names() {
        return manual.pages().stream().map(Page::name).toList();
    }

    private boolean everywhere(Entry option) {
        return manual.pages().stream().allMatch(page -> page.options().contains(option));
    }

    private static String words(Stream<Entry> options) {
        return String.join(
                " ", options.flatMap(option -> option.names().stream()).toList());
    }

    private static String quoted(String text) {
        return '\'' + text.replace("'", "'\\''") + '\'';
    }

    private static String fishQuoted(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }
}

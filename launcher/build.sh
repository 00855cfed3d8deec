# shellcheck shell=sh disable=SC2154 # the variables of ./igdrom
# Sourced by ./igdrom when it has to build: runs Maven and shows how far it is. Needs `say`, `fail`,
# `stale`, `train`, $root, $java_home and $jar.

# Builds $jar. A second igdrom that starts meanwhile waits for the first.
build() {
    command -v mvn >/dev/null || fail "Maven is needed to build: install the package maven"
    [ -x "$java_home/bin/javac" ] || fail "$java_home has no compiler: a JDK is needed to build"
    lock=$root/.building
    until mkdir "$lock" 2>/dev/null; do
        [ -d "$lock" ] || fail "cannot write to $root, where igdrom is built"
        read -r builder 2>/dev/null <"$lock/pid" && ! kill -0 "$builder" 2>/dev/null && rm -rf "$lock"
        sleep 1
    done
    trap 'rm -rf "$lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    echo $$ >"$lock/pid"
    if stale; then
        say "building; this happens once and takes minutes when Maven has to fetch its plugins"
        maven | show_progress || fail "the build failed: see above, or run ./verify"
        touch "$jar" 2>/dev/null || fail "the build made no $jar"
        say "built; preparing the start-up cache"
        (train)
    fi
    rm -rf "$lock"
    trap - EXIT INT TERM
}

# Prints what Maven prints, then a line with its exit status.
maven() {
    JAVA_HOME=$java_home mvn -B -Dstyle.color=never -f "$root/pom.xml" -pl cli -am -DskipTests \
        -Dspotless.check.skip=true package </dev/null 2>&1
    # On a line of its own: Maven ends with an escape sequence and without a newline.
    printf '\nstatus %s\n' "$?"
}

# Turns Maven's output into progress: on a terminal one line that changes, otherwise a line for each module.
# Prints errors as they are. Returns Maven's exit status.
show_progress() {
    clear=
    [ ! -t 2 ] || clear=$(printf '\r\033[K')
    step=
    fetched=0
    while IFS= read -r line; do
        case $line in
        'status '*) status=${line#status } ;;
        '[INFO] Building '*' ['*/*']')
            number=${line##*' ['}
            name=${line#'[INFO] Building '}
            step="${number%]} ${name%% *}"
            if [ -n "$clear" ]; then
                progress "building $step"
            else
                say "building $step"
            fi
            ;;
        'Downloading from '*)
            fetched=$((fetched + 1))
            [ -z "$clear" ] || progress "building ${step:+$step, }fetching file $fetched: ${line##*/}"
            ;;
        '[ERROR]'*) printf '%s%s\n' "$clear" "$line" >&2 ;;
        esac
    done
    printf '%s' "$clear" >&2
    [ "$fetched" -eq 0 ] || say "fetched $fetched files"
    return "${status:-1}"
}

# progress TEXT: replaces the last line of the terminal.
progress() {
    printf '%sigdrom: %.70s' "$clear" "$1" >&2
}

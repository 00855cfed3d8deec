# shellcheck shell=sh disable=SC2154 # the variables of ./igdrom
# Sourced when there is no ahead-of-time cache: makes one. Needs the variables of start.sh. igdrom works
# without the cache, so failures are ignored.

# Makes the cache in $slot by a run of the commands that use most of igdrom.
train() {
    [ -n "$slot" ] || return 0
    umask 077
    mkdir -p "$slot" 2>/dev/null || return 0
    new=$slot/training
    # A training run that was killed leaves its directory behind.
    if read -r trainer 2>/dev/null <"$new/pid" && ! kill -0 "$trainer" 2>/dev/null; then
        rm -rf "$new"
    fi
    find "$new" -maxdepth 0 -mmin +5 -exec rm -rf {} + 2>/dev/null
    mkdir "$new" 2>/dev/null || return 0
    # Not $$, which is the shell around this subshell and becomes the JVM.
    read -r trainer _ </proc/self/stat && echo "$trainer" >"$new/pid"
    # shellcheck disable=SC2086 # a list of options
    touch -r "$jar" "$new/jar" && touch -r "$libjvm" "$new/jvm" && touch -r "$modules" "$new/modules" &&
        nice -n 19 "$java_home/bin/java" $options -XX:AOTCacheOutput="$new/igdrom.aot" \
            "-Digdrom.resources=$resources" -cp "$jar" igdrom.cli.Training </dev/null >/dev/null 2>&1 &&
        rm -f "$slot/igdrom.aot" &&
        mv -f "$new/jar" "$new/jvm" "$new/modules" "$new/igdrom.aot" "$slot/" 2>/dev/null
    rm -rf "$new"
    # Removes the user's caches of jars and JDKs that are gone, but not what others are training.
    [ -n "$cache" ] || return 0
    find "$cache" -name igdrom.aot ! -path '*/training/*' 2>/dev/null | while IFS= read -r old; do
        old=${old%/igdrom.aot}
        of=${old#"$cache"}
        if [ ! -e "${of%%/igdrom.jar/*}/igdrom.jar" ] || [ ! -e "${of#*/igdrom.jar}/release" ]; then
            rm -rf "$old"
        fi
    done
}

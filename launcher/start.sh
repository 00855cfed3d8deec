# shellcheck shell=sh disable=SC2154 # the variables of the launcher
# Sourced by ./igdrom and by the launcher of an installed igdrom: chooses the JVM's options and its
# ahead-of-time cache. Needs:
#
#   $launcher   the directory of this file
#   $java_home  the Java runtime
#   $jar, $lib, $resources
#               igdrom: the jar, the libraries that only `test` needs, and the files of the jar once more
#   $shared     a directory with a cache for all users, or empty
#
# See docs/decisions/0002. No process is started on the way to the JVM unless it has to be.

libjvm=$java_home/lib/server/libjvm.so
modules=$java_home/lib/modules

# The user's caches: one directory per jar and runtime, named by their paths.
case ${XDG_CACHE_HOME-} in
/*) cache=$XDG_CACHE_HOME/igdrom ;;
*) cache=${HOME:+$HOME/.cache/igdrom} ;;
esac
slot=${cache:+$cache$jar/$java_home}

# Serial is the smallest collector and the quickest to start. With C1 alone even an image of 8 MiB takes
# less time than with C2 and its profiling. The JVM would log to standard output, and warn of the native
# calls of `test`: every command gets the option against that warning, since the JVM uses no cache that was
# made without it.
options='-XX:+IgnoreUnrecognizedVMOptions -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData'
options="$options -Xlog:disable -Xlog:all=off --enable-native-access=ALL-UNNAMED"

# The JVM decodes file names in the locale's charset, so it gets a UTF-8 locale where cron or a container
# sets none. A locale whose name says UTF-8 may not be installed; C.UTF-8 always is.
case ${LC_ALL:-${LC_CTYPE:-${LANG-}}} in
'' | C | POSIX)
    options="$options -Digdrom.locale=ASCII"
    export LC_ALL=C.UTF-8
    ;;
*.[Uu][Tt][Ff]8 | *.[Uu][Tt][Ff]-8) export LC_ALL=C.UTF-8 ;;
esac

# fresh DIRECTORY: whether it has a cache that was made for this jar, this JVM and these modules. Three empty
# files in it carry their times.
fresh() {
    # shellcheck disable=SC3013 # -nt and -ot: POSIX.1-2024, and in every sh for decades
    [ -r "$1/igdrom.aot" ] &&
        [ ! "$jar" -nt "$1/jar" ] && [ ! "$jar" -ot "$1/jar" ] &&
        [ ! "$libjvm" -nt "$1/jvm" ] && [ ! "$libjvm" -ot "$1/jvm" ] &&
        [ ! "$modules" -nt "$1/modules" ] && [ ! "$modules" -ot "$1/modules" ]
}

# Sets $aot to the option for the cache to use, or to nothing when there is none.
find_cache() {
    aot=
    if [ -n "$shared" ] && fresh "$shared"; then
        aot=-XX:AOTCache=$shared/igdrom.aot
    elif [ -n "$slot" ] && [ -O "$slot/igdrom.aot" ] && fresh "$slot"; then
        aot=-XX:AOTCache=$slot/igdrom.aot
    fi
}

# start ARGUMENT...: becomes the JVM. Needs find_cache; where that found none, a cache is made in the
# background.
start() {
    if [ -z "$aot" ] && [ -n "$slot" ]; then
        # shellcheck source=launcher/train.sh
        . "$launcher/train.sh"
        (
            trap '' HUP INT
            train
        ) </dev/null >/dev/null 2>&1 &
    fi

    # Which streams are terminals, and how wide: the JVM could not find that out without a native call.
    out=0
    err=0
    size=
    if [ -t 1 ]; then
        out=1
        # In a substitution, standard output is a pipe.
        { size=" ${COLUMNS:-$(stty size <&3 2>/dev/null)}"; } 3>&1
    fi
    [ ! -t 2 ] || err=1

    # A closed stream would be replaced by the first file that the JVM opens.
    [ -e /proc/self/fd/0 ] || exec </dev/null
    [ -e /proc/self/fd/1 ] || exec >/dev/null
    [ -e /proc/self/fd/2 ] || exec 2>/dev/null

    # Only `test` fetches QEMU with the libraries in lib.
    classpath=$jar
    if [ "${1-}" = test ]; then
        classpath="$jar:$lib/*"
    fi

    # shellcheck disable=SC2086 # lists of options
    exec "$java_home/bin/java" $options ${aot:+"$aot"} "-Digdrom.terminal=$out$err$size" \
        "-Digdrom.resources=$resources" ${IGDROM_JAVA_OPTIONS-} -cp "$classpath" igdrom.cli.Main "$@"
}

# The components of a release: what Maven knows of the command line, and what it does not know.
#
# Input: the list that Maven made for cli. $page is the one for web, of which only the libraries that TeaVM
# compiled into the page are shipped; $libraries has the names of their jars.
($libraries | split("\n")) as $jars
| [.components[].purl] as $known
| .components += [
    $page[0].components[]
    | select("\(.name)-\(.version).jar" | IN($jars[]))
    | select(.purl | IN($known[]) | not)
]
# Maven sees our module that compiles it.
| .components += [{
    "type": "library",
    "bom-ref": "pkg:maven/info.picocli/picocli@\($picocli)",
    "purl": "pkg:maven/info.picocli/picocli@\($picocli)",
    "group": "info.picocli",
    "name": "picocli",
    "version": $picocli,
    "licenses": [{"license": {"id": "Apache-2.0"}}]
}]
| .components += [{
    "type": "framework",
    "bom-ref": "openjdk",
    "name": "OpenJDK",
    "version": $version,
    "publisher": $vendor,
    "description": "Java runtime of the modules \($modules)",
    "licenses": [{"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}]
}]

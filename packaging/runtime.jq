# Adds the Java runtime to the components that Maven knows.
.components += [{
    "type": "framework",
    "bom-ref": "openjdk",
    "name": "OpenJDK",
    "version": $version,
    "publisher": $vendor,
    "description": "Java runtime of the modules \($modules)",
    "licenses": [{"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}]
}]

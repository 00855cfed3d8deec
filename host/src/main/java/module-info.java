/// Facts of a machine with an IGD: read from it, kept as a snapshot.
module igdrom.host {
    requires transitive igdrom.formats;
    requires transitive igdrom.json;
    requires static transitive org.jspecify;

    exports igdrom.host;
    exports igdrom.host.linux;
    exports igdrom.host.text;
}

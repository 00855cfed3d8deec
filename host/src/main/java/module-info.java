/// Facts about a machine with an IGD: read from it, written to a snapshot, read from that.
module igdrom.host {
    requires transitive igdrom.formats;
    requires tools.jackson.core;
    requires static transitive org.jspecify;

    exports igdrom.host;
}

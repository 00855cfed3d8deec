/// The vfio-user protocol, the server's side of it: PCI devices that are served from Java.
module igdrom.vfiouser {
    requires transitive igdrom.bytes;
    requires transitive igdrom.linux;
    requires tools.jackson.core;
    requires static transitive org.jspecify;

    exports igdrom.vfiouser.wire;
    exports igdrom.vfiouser.server;
}

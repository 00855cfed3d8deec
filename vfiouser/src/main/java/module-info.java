/// The server side of the vfio-user protocol: serves PCI devices from Java.
module igdrom.vfiouser {
    requires transitive igdrom.bytes;
    requires transitive igdrom.linux;
    requires tools.jackson.core;
    requires static transitive org.jspecify;

    exports igdrom.vfiouser.wire;
    exports igdrom.vfiouser.server;
}

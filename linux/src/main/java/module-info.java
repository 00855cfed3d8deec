/// The door to the Linux kernel: sockets that carry descriptors, mappings, event counters.
module igdrom.linux {
    requires transitive igdrom.bytes;
    requires static transitive org.jspecify;

    exports igdrom.linux;
}

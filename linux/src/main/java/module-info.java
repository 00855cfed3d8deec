/// Linux system calls: sockets that carry descriptors, mappings, eventfd.
module igdrom.linux {
    requires transitive igdrom.bytes;
    requires static transitive org.jspecify;

    exports igdrom.linux;
}

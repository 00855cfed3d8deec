/// A virtual Intel integrated GPU, as a guest sees it.
module igdrom.virtualigd {
    requires transitive igdrom.formats;
    requires transitive igdrom.knowledge;
    requires transitive igdrom.vfiouser;
    requires static transitive org.jspecify;

    exports igdrom.virtualigd;

    opens igdrom.virtualigd to
            igdrom.bytes;
}

/// The content of firmware images: GOP drivers, VBTs, VGA BIOSes.
module igdrom.firmware {
    requires transitive igdrom.formats;
    requires transitive igdrom.knowledge;
    requires static transitive org.jspecify;

    exports igdrom.firmware;
    exports igdrom.firmware.gop;
    exports igdrom.firmware.lpc;
}

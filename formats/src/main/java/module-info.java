/// The formats of firmware, one package each: bytes in, immutable models, the same bytes out.
@SuppressWarnings("requires-automatic") // org.brotli:dec has no module descriptor
module igdrom.formats {
    requires transitive igdrom.bytes;
    requires dec;
    requires org.tukaani.xz;
    requires static transitive org.jspecify;

    exports igdrom.formats.acpi;
    exports igdrom.formats.biosguard;
    exports igdrom.formats.capsule;
    exports igdrom.formats.cbfs;
    exports igdrom.formats.compress;
    exports igdrom.formats.e820;
    exports igdrom.formats.fv;
    exports igdrom.formats.ifd;
    exports igdrom.formats.iflash;
    exports igdrom.formats.opregion;
    exports igdrom.formats.oprom;
    exports igdrom.formats.pci;
    exports igdrom.formats.pe;
    exports igdrom.formats.pfs;
    exports igdrom.formats.ucp;
    exports igdrom.formats.vbt;
}

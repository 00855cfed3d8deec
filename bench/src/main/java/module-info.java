/// Boots a ROM in QEMU and OVMF on a virtual IGD, and judges what the guest did.
module igdrom.bench {
    requires transitive igdrom.driver;
    requires transitive igdrom.fetch;
    requires transitive igdrom.formats;
    requires transitive igdrom.knowledge;
    requires transitive igdrom.rom;
    requires transitive igdrom.virtualigd;
    requires igdrom.linux;
    requires igdrom.samples;
    requires igdrom.vfiouser;
    requires org.tukaani.xz;
    requires static transitive org.jspecify;

    exports igdrom.bench;
    exports igdrom.bench.setup;
    exports igdrom.bench.judge;
    exports igdrom.bench.linux;
    exports igdrom.bench.witness;

    opens igdrom.bench to
            igdrom.bytes;
}

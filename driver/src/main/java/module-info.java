/// The contract of igdrom's driver: what it reads, which OpRegion it gives to a guest, what it
/// reports.
module igdrom.driver {
    requires transitive igdrom.formats;
    requires igdrom.knowledge;
    requires static transitive org.jspecify;

    exports igdrom.driver;

    opens igdrom.driver to
            igdrom.bytes;
}

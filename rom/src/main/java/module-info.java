/// Option ROMs with igdrom's driver: building and checking them.
module igdrom.rom {
    requires transitive igdrom.driver;
    requires transitive igdrom.plan;
    requires static transitive org.jspecify;

    exports igdrom.rom;
}

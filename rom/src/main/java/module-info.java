/// Option ROMs with igdrom's driver in them: made, and read again.
module igdrom.rom {
    requires transitive igdrom.driver;
    requires transitive igdrom.plan;
    requires static transitive org.jspecify;

    exports igdrom.rom;
}

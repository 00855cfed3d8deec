/// Made-up firmware for tests and for `igdrom demo`.
module igdrom.samples {
    requires transitive igdrom.formats;
    requires static transitive org.jspecify;

    exports igdrom.samples;
}

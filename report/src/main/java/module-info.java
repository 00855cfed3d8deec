/// The answers of igdrom's commands as records, with one text and one JSON rendering of each.
module igdrom.report {
    requires transitive igdrom.hypervisor;
    requires transitive igdrom.json;
    requires transitive igdrom.rom;
    requires static transitive org.jspecify;

    exports igdrom.report;
    exports igdrom.report.bundle;
    exports igdrom.report.html;
    exports igdrom.report.json;
    exports igdrom.report.text;

    opens igdrom.report.html to
            igdrom.bytes;
    opens igdrom.report to
            igdrom.bytes;
}

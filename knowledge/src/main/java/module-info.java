/// What is known about Intel's integrated GPUs: rows with a source each.
module igdrom.knowledge {
    requires transitive igdrom.formats;
    requires static transitive org.jspecify;

    exports igdrom.knowledge;

    opens igdrom.knowledge to
            igdrom.bytes;
}

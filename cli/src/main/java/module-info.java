/// The command line: options in, report out.
module igdrom.cli {
    requires igdrom.bench;
    requires igdrom.report;
    requires igdrom.rom;
    requires igdrom.samples;
    requires info.picocli;
    requires tools.jackson.core;
    requires static org.jspecify;
}

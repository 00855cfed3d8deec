package igdrom.cli.commands;

import igdrom.bytes.Resource;

/// The version of igdrom, which Maven writes into a resource from the root pom.
final class Version {
    private static final String RESOURCE = "version.txt";

    private Version() {}

    /// `igdrom` and the version.
    static String text() {
        return "igdrom " + number();
    }

    /// The version alone.
    static String number() {
        return Resource.load(Version.class, RESOURCE).latin1().strip();
    }

    /// The version of the JDK that runs it.
    static String java() {
        return System.getProperty("java.version", "?");
    }
}

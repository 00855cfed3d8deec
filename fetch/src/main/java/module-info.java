/// Fetches programs from Debian's archive and keeps them in igdrom's own directory.
module igdrom.fetch {
    requires transitive igdrom.bytes;
    requires org.apache.commons.compress;
    requires org.bouncycastle.pg;
    requires org.tukaani.xz;
    requires static transitive org.jspecify;

    exports igdrom.fetch;
}

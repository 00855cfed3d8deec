/// The pages of the documentation as HTML.
module igdrom.guides {
    requires static org.jspecify;
    requires igdrom.report;
    requires org.commonmark;
    requires org.commonmark.ext.gfm.tables;
}

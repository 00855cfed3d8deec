/// Turns the Markdown pages of the repository into HTML that needs no network and no script, and
/// checks the links between them.
///
/// [GuideBuilder][igdrom.guides.GuideBuilder] is a program for `./package`; a test of this package
/// runs [LinkCheck][igdrom.guides.LinkCheck] on the repository.
///
/// ```java
/// List<String> problems = new LinkCheck(root).problems();
/// ```
///
/// Spec: CommonMark 0.31.2; GitHub Flavored Markdown 0.29, "Tables". The anchors of headings are
/// GitHub's.
///
/// Not supported: HTML in Markdown, which is shown as text except for comments, and Mermaid, whose
/// source would be shown: diagrams are drawn as text.
@NullMarked
package igdrom.guides;

import org.jspecify.annotations.NullMarked;

/// Man pages and shell completion, made from the declarations of the commands and their options.
///
/// [Manual][igdrom.cli.manual.Manual] is a program of its own that `./package` runs; no command of
/// igdrom uses it.
///
/// ```java
/// String page = ManPage.of("build", Commands.syntaxes().get("build"), "0.1.0", "2026-11-29");
/// String completion = BashCompletion.script(Commands.syntaxes());
/// ```
///
/// Spec: man-pages(7) and groff_man(7); bash(1), "Programmable Completion"; zshcompsys(1);
/// complete(1) of fish.
@NullMarked
package igdrom.cli.manual;

import org.jspecify.annotations.NullMarked;

package igdrom.cli.manual;

import igdrom.cli.commands.Commands;
import igdrom.cli.commands.Overview;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Option;
import igdrom.cli.options.OptionGroup;
import igdrom.cli.options.Options;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The man pages: one for igdrom, and one for each command.
///
/// Spec: man-pages(7).
final class ManPage {
    private static final String SECTION = "1";

    private final Roff out = new Roff();

    private ManPage() {}

    /// The name of the page of a command: `igdrom-vbt-show`.
    static String name(String command) {
        return "igdrom-" + command.replace(' ', '-');
    }

    /// The page of igdrom itself.
    ///
    /// @param date of the release, as `2026-11-29`
    static String overview(Map<String, CommandSyntax> commands, String version, String date) {
        ManPage page = new ManPage();
        Overview overview = Commands.overview();
        page.begin("igdrom", overview.summary(), version, date);
        page.out
                .request("SH", "SYNOPSIS")
                .bold("igdrom", overview.synopsis().substring("igdrom".length()))
                .request("br")
                .bold("igdrom", " " + String.join(" | ", Options.VERSION.names()))
                .request("SH", "DESCRIPTION")
                .text(overview.summary() + ".")
                .request("PP")
                .text(
                        "igdrom makes Intel integrated graphics (IGD) passthrough to virtual"
                                + " machines work: it finds what the guest needs in a firmware"
                                + " image, builds an option ROM from it, and proves that ROM on a"
                                + " virtual IGD.")
                .request("SH", "COMMANDS");
        commands.forEach((command, syntax) ->
                page.out.request("TP", "12").bold(command, "").text(syntax.summary() + "."));
        page.examples(overview.examples());
        page.exitStatus();
        page.environment();
        page.files();
        page.seeAlso(commands.keySet().stream().map(ManPage::name).toList());
        return page.out.toString();
    }

    /// The page of a command.
    static String of(String command, CommandSyntax syntax, String version, String date) {
        ManPage page = new ManPage();
        page.begin(name(command), syntax.summary(), version, date);
        String synopsis = syntax.synopsis(command);
        String start = "igdrom " + command;
        page.out
                .request("SH", "SYNOPSIS")
                .bold(start, synopsis.substring(start.length()))
                .request("SH", "DESCRIPTION")
                .text(syntax.summary() + ".");
        if (!syntax.details().isEmpty()) {
            page.out.request("PP").text(syntax.details());
        }
        Operands operands = syntax.operands();
        if (operands != null) {
            page.out.request("TP").option(List.of(), operands.synopsis()).text(operands.help());
        }
        page.options(syntax.options());
        page.examples(syntax.examples());
        page.exitStatus();
        page.seeAlso(List.of("igdrom"));
        return page.out.toString();
    }

    private void begin(String name, String summary, String version, String date) {
        out.request(
                        "TH",
                        name.toUpperCase(Locale.ROOT),
                        SECTION,
                        date,
                        "igdrom " + version,
                        "igdrom")
                // No hyphens: a reader pastes words from here.
                .request("nh")
                .request("ad", "l")
                .request("SH", "NAME")
                .text(name + " - " + lowerCase(summary));
    }

    private void options(List<Option<?>> options) {
        out.request("SH", "OPTIONS");
        for (OptionGroup group : OptionGroup.values()) {
            List<Option<?>> own =
                    options.stream().filter(option -> option.group() == group).toList();
            if (own.isEmpty()) {
                continue;
            }
            out.request("SS", group.title());
            for (Option<?> option : own) {
                out.request("TP").option(option.names(), option.label()).text(option.help());
            }
        }
    }

    private void examples(List<String> examples) {
        if (examples.isEmpty()) {
            return;
        }
        out.request("SH", "EXAMPLES").request("nf");
        examples.forEach(out::text);
        out.request("fi");
    }

    private void exitStatus() {
        out.request("SH", "EXIT STATUS");
        for (ExitCode code : ExitCode.values()) {
            out.request("TP").bold(String.valueOf(code.number()), "").text(code.meaning() + ".");
        }
    }

    private void environment() {
        out.request("SH", "ENVIRONMENT")
                .request("TP")
                .bold("IGDROM_JAVA_OPTIONS", "")
                .text("More options for the Java virtual machine, such as -Xmx2g.")
                .request("TP")
                .bold("XDG_CACHE_HOME, XDG_DATA_HOME, HOME", "")
                .text("Where the directories below are.");
    }

    private void files() {
        out.request("SH", "FILES")
                .request("TP")
                .option(List.of(), "~/.local/share/igdrom")
                .text("QEMU, OVMF and Linux, which igdrom test " + Options.SETUP + " fetches.")
                .request("TP")
                .option(List.of(), "~/.cache/igdrom")
                .text("A cache that makes igdrom start quickly. It may be removed at any time.");
    }

    private void seeAlso(List<String> pages) {
        out.request("SH", "SEE ALSO");
        for (int i = 0; i < pages.size(); i++) {
            out.bold(pages.get(i), "(" + SECTION + ")" + (i + 1 < pages.size() ? "," : ""));
        }
    }

    private static String lowerCase(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}

package igdrom.report.html;

import igdrom.formats.vbt.Output;
import igdrom.report.VbtEditReport;
import igdrom.report.Wording;
import igdrom.report.text.ByteSize;
import java.util.List;

/// The card of a VBT, and the answer of an edit.
final class VbtMarkup {
    private VbtMarkup() {}

    static Markup.Builder card(String platform, int version, long size, List<Output> outputs) {
        Markup.Builder card =
                Cards.card("vbt", platform.isEmpty() ? "VBT without a name" : "VBT " + platform);
        card.add(
                Markup.element("p")
                        .text(
                                outputs.isEmpty()
                                        ? "Describes no outputs."
                                        : "The outputs of the board:"));
        return card.add(outputs(outputs))
                .add(Markup.element("p", "dim").text("BDB " + version + ", " + ByteSize.of(size)));
    }

    static List<Markup> of(VbtEditReport report, Wording wording) {
        String what = report.isOpRegion() ? "OpRegion" : "VBT";
        Markup.Builder box =
                Cards.answer(
                        "good",
                        "DONE",
                        (report.disabled().size() == 1
                                        ? "1 output is"
                                        : report.disabled().size() + " outputs are")
                                + " switched off in this "
                                + what);
        box.add(outputs(report.disabled()));
        Markup.Builder left =
                Markup.element("div")
                        .add(Markup.element("h3").text("Outputs that are left"))
                        .add(outputs(report.outputs()))
                        .add(
                                Markup.element("p")
                                        .text(
                                                wording.useEditedVbt(
                                                        report.output(), report.isOpRegion())));
        return List.of(box.build(), left.build());
    }

    private static Markup.Builder outputs(List<Output> outputs) {
        Markup.Builder list = Markup.element("ul", "outputs");
        for (Output output : outputs) {
            list.add(
                    Markup.element("li")
                            .add(Markup.element("b").text(output.name()))
                            .text(" " + output));
        }
        return list;
    }
}

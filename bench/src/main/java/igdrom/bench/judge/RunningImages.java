package igdrom.bench.judge;

import igdrom.bench.judge.Verdict.Check;
import igdrom.bench.witness.PciAddress;
import igdrom.bench.witness.Witness;
import igdrom.bench.witness.Witness.StartedImage;

/// Whether the firmware started images of the ROM, and they stayed.
final class RunningImages {
    private RunningImages() {}

    static Check check(String prefix, Expectation expected, Witness witness) {
        PciAddress first = expected.gpus().getFirst().location();
        int running = 0;
        for (StartedImage image : witness.images()) {
            if (image.device().equals(first)) {
                running++;
            }
        }
        return new Check(
                prefix + "driver",
                running > 0 && running <= expected.efiImages(),
                running
                        + " of the ROM's "
                        + expected.efiImages()
                        + " UEFI images are loaded and stayed");
    }
}

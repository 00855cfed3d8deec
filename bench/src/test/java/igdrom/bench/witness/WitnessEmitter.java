package igdrom.bench.witness;

import igdrom.bench.witness.Witness.GopPolicy;
import igdrom.bench.witness.Witness.Graphics;
import igdrom.bench.witness.Witness.Mirror;
import igdrom.bench.witness.Witness.PciFunction;
import igdrom.bench.witness.Witness.StartedImage;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;

/// Writes a report as the witness does.
public final class WitnessEmitter {
    private final Emitter out = new Emitter();

    private WitnessEmitter() {}

    public static Image image(Witness witness) {
        return new WitnessEmitter().write(witness);
    }

    private Image write(Witness witness) {
        out.ascii("IGDRWITN").u32(1).u32(0);
        record(
                1,
                new Emitter()
                        .u32(witness.firmware().revision())
                        .image(Image.ofUtf16(witness.firmware().vendor())));
        Emitter memory = new Emitter();
        for (MemoryMap.Range range : witness.memory().ranges()) {
            memory.u32(range.type()).u64(range.start()).u64(range.pages());
            memory.u64(range.attributes());
        }
        record(2, memory);
        for (PciFunction one : witness.functions()) {
            record(3, at(one.location()).image(one.config()));
        }
        for (Mirror one : witness.mirrors()) {
            record(8, at(one.location()).u64(one.status()).u32(one.ggc()).u64(one.bdsm()));
        }
        witness.graphics().forEach(this::graphics);
        for (StartedImage one : witness.images()) {
            record(
                    5,
                    at(one.device())
                            .u32(one.codeType())
                            .u64(one.base())
                            .u64(one.size())
                            .image(one.path()));
        }
        record(
                6,
                new Emitter()
                        .u64(witness.variable().status())
                        .u32(witness.variable().attributes())
                        .image(witness.variable().value()));
        for (GopPolicy one : witness.policies()) {
            record(
                    7,
                    new Emitter()
                            .u32(one.revision())
                            .u32(one.lid())
                            .u64(one.lidStatus())
                            .u64(one.dockStatus())
                            .u64(one.vbtStatus())
                            .u64(one.vbt())
                            .u32(one.vbtSize()));
        }
        witness.exit().ifPresent(status -> record(10, new Emitter().u64(status)));
        out.u32(9).u32(16).u32(witness.lost()).u64(witness.goOn());
        out.patch(12, new Emitter().u32(out.position() + 4).toImage());
        return out.u32(out.toImage().crc32()).toImage();
    }

    private void graphics(Graphics one) {
        Emitter fields =
                one.controller()
                        .map(WitnessEmitter::at)
                        .orElseGet(() -> new Emitter().u32(-1L >>> 32));
        record(
                4,
                fields.u32(one.mode())
                        .u32(one.modes())
                        .u32(one.width())
                        .u32(one.height())
                        .u32(one.pixelFormat())
                        .u32(one.pixelsPerLine())
                        .u64(one.frameBuffer())
                        .u64(one.frameBufferSize()));
    }

    private static Emitter at(PciAddress location) {
        return new Emitter()
                .u32(
                        (long) location.segment() << 16
                                | location.bus() << 8
                                | location.device() << 3
                                | location.function());
    }

    private void record(int kind, Emitter body) {
        out.u32(kind).u32(body.position()).image(body.toImage());
    }
}

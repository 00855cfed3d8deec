package igdrom.formats.compress;

import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;

/// Test data, plain and compressed.
final class Samples {
    private static final Guid LZMA = Guid.of("EE4E5898-3914-4259-9D6E-DC7BD79403CF");
    private static final Guid LZMA_X86 = Guid.of("D42AE6BD-1352-4BFB-909A-CA72A6EAE889");
    private static final Guid TIANO = Guid.of("A31280AD-481E-41B6-95E8-127F4C984779");
    private static final Guid BROTLI = Guid.of("3D532050-5CDA-4FD0-879E-0F7F630D5AFB");

    private Samples() {}

    /// Repeated words with x86 calls between them, for matches at all distances and all kinds of
    /// literals.
    static Image program(int size) {
        Random random = new Random(1);
        Emitter words = new Emitter();
        for (int i = 0; i < 200; i++) {
            byte[] word = new byte[2 + random.nextInt(20)];
            random.nextBytes(word);
            words.image(Image.of(word));
        }
        Image vocabulary = words.toImage();
        Emitter out = new Emitter();
        while (out.position() < size) {
            int length = 3 + random.nextInt(30);
            int from = random.nextInt((int) vocabulary.size() - length);
            out.image(vocabulary.slice(from, length));
            if (random.nextInt(3) == 0) {
                out.u8(0xe8).u32(Math.max(0, 0x2000 - out.position()));
            }
            if (random.nextInt(50) == 0) {
                out.fill(random.nextInt(256), random.nextInt(600));
            }
        }
        return out.toImage().slice(0, size);
    }

    static Image noise(int size) {
        byte[] bytes = new byte[size];
        new Random(2).nextBytes(bytes);
        return Image.of(bytes);
    }

    /// The data of the first section with the GUID of the codec.
    static Image section(Image image, Codec codec) {
        Guid guid =
                switch (codec) {
                    case LZMA -> LZMA;
                    case LZMA_X86 -> LZMA_X86;
                    case EFI_1_1, TIANO -> TIANO;
                    case BROTLI -> BROTLI;
                    case ZLIB, LZ4 -> throw new IllegalArgumentException("no section of " + codec);
                };
        long at = image.indexOf(guid.image(), 0) - 4;
        int dataOffset = image.u16(at + 20);
        return image.slice(at + dataOffset, image.u24(at) - dataOffset);
    }

    /// The data of the compression section at `at`.
    static Image compressionSection(Image image, long at) {
        return image.slice(at + 9, image.u24(at) - 9);
    }

    /// A Brotli stream of stored data, after EDK2's header.
    ///
    /// Spec: RFC 7932, "Format of the Meta-Block Header".
    static Image storedBrotli(Image content) {
        int header = ((int) (content.size() - 1) << 4) | (1 << 20);
        return new Emitter()
                .u64(content.size())
                .u64(0x1000)
                .u24(header)
                .image(content)
                .u8(3)
                .toImage();
    }

    /// Data compressed by our own codec, or by a simple encoder for the tests.
    static Image compressed(Codec codec, Image content) {
        return switch (codec) {
            case EFI_1_1, TIANO, LZMA, LZMA_X86 -> codec.compress(content);
            case BROTLI -> storedBrotli(content);
            case ZLIB -> deflated(content);
            case LZ4 -> Lz4CodecTest.frame(content);
        };
    }

    private static Image deflated(Image content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            content.writeTo(deflater);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Image.of(out.toByteArray());
    }
}

package igdrom.bench.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class KvmModuleTest {
    private static final int TEXT = 0x40;
    private static final int FUNCTION = TEXT + 0x20;
    private static final int NAMES = 0x80;
    private static final int SYMBOLS = 0xc0;
    private static final int SECTIONS = 0x100;
    private static final Image SIGNATURE =
            new Emitter()
                    .fill(0x5a, 20)
                    .fill(0, 8)
                    .image(Image.ofHex("00000014"))
                    .ascii("~Module signature appended~\n")
                    .toImage();

    @Test
    void only_the_byte_after_the_entry_of_the_function_changes() {
        Image changed = KvmModule.keepingCr8Intercept(module("svm_update_cr8_intercept"));
        Image expected =
                new Emitter()
                        .image(module("svm_update_cr8_intercept"))
                        .patch(FUNCTION + 9, Image.ofHex("c3"))
                        .toImage();
        assertThat(changed).isEqualTo(expected);
    }

    @Test
    void signature_that_does_not_fit_any_more_is_removed() {
        Image module = module("svm_update_cr8_intercept");
        Image signed = new Emitter().image(module).image(SIGNATURE).toImage();
        assertThat(KvmModule.keepingCr8Intercept(signed))
                .isEqualTo(KvmModule.keepingCr8Intercept(module));
    }

    @Test
    void module_without_the_function_is_refused() {
        assertThatThrownBy(() -> KvmModule.keepingCr8Intercept(module("another_function")))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("symbols: none is svm_update_cr8_intercept");
    }

    @Test
    void function_that_begins_otherwise_is_refused() {
        Image other =
                new Emitter()
                        .image(module("svm_update_cr8_intercept"))
                        .patch(FUNCTION, Image.ofHex("55"))
                        .toImage();
        assertThatThrownBy(() -> KvmModule.keepingCr8Intercept(other))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("svm_update_cr8_intercept");
    }

    @Test
    void file_that_is_no_module_is_refused() {
        assertThatThrownBy(() -> KvmModule.keepingCr8Intercept(Image.ofAscii("hello, world")))
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining("e_ident");
    }

    @Test
    void every_truncation_and_every_changed_byte_is_read_or_refused() {
        Image module = module("svm_update_cr8_intercept");
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> {
                    for (int size = 0; size < module.size(); size++) {
                        readsOrRefuses(module.slice(0, size));
                        for (String value : new String[] {"00", "7f", "ff"}) {
                            Image changed = Image.ofHex(value);
                            readsOrRefuses(
                                    new Emitter().image(module).patch(size, changed).toImage());
                        }
                    }
                });
    }

    private static void readsOrRefuses(Image module) {
        try {
            KvmModule.keepingCr8Intercept(module);
        } catch (MalformedImageException _) {
            // As it should.
        }
    }

    /// A module with one function and four sections: none, text, names, symbols.
    private static Image module(String function) {
        Emitter out = new Emitter().image(Image.ofHex("7f454c46020101")).fillTo(0x28, 0);
        out.u64(SECTIONS).fillTo(0x3c, 0).u16(4);
        out.fillTo(FUNCTION, 0x90).image(Image.ofHex("f30f1efae800000000904883"));
        out.fillTo(NAMES, 0).u8(0).ascii(function).u8(0);
        out.fillTo(SYMBOLS, 0).fill(0, 24);
        out.u32(1).u8(2).u8(0).u16(1).u64(FUNCTION - TEXT).u64(0x20);
        out.fillTo(SECTIONS, 0).fill(0, 64);
        section(out, 1, TEXT, NAMES - TEXT, 0);
        section(out, 3, NAMES, SYMBOLS - NAMES, 0);
        section(out, 2, SYMBOLS, 48, 2);
        return out.toImage();
    }

    private static void section(Emitter out, int type, int offset, int size, int link) {
        out.u32(0).u32(type).u64(0).u64(0).u64(offset).u64(size).u32(link).fill(0, 20);
    }
}

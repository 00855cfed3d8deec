package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class SetIrqsTest {
    @Test
    void reads_events() throws Exception {
        Frames.same(
                new SetIrqs(0, 0, 1, SetIrqs.Action.TRIGGER, new SetIrqs.Data.EventFd(true)),
                0x1234,
                "341208002400000000000000000000001400000024000000000000000000000001000000",
                1);
        Frames.same(
                new SetIrqs(1, 2, 3, SetIrqs.Action.UNMASK, new SetIrqs.Data.EventFd(true)),
                0x1234,
                "341208002400000000000000000000001400000014000000010000000200000003000000",
                3);
    }

    @Test
    void reads_events_taken_away() throws Exception {
        Frames.same(
                new SetIrqs(0, 0, 1, SetIrqs.Action.TRIGGER, new SetIrqs.Data.EventFd(false)),
                0x1234,
                "341208002400000000000000000000001400000024000000000000000000000001000000",
                0);
    }

    @Test
    void reads_none() throws Exception {
        Frames.same(
                new SetIrqs(0, 0, 1, SetIrqs.Action.MASK, new SetIrqs.Data.None()),
                0x1234,
                "341208002400000000000000000000001400000009000000000000000000000001000000",
                0);
        Frames.same(
                new SetIrqs(1, 0, 0, SetIrqs.Action.TRIGGER, new SetIrqs.Data.None()),
                0x1234,
                "341208002400000000000000000000001400000021000000010000000000000000000000",
                0);
    }

    @Test
    void reads_booleans() throws Exception {
        Frames.same(
                new SetIrqs(
                        1,
                        0,
                        3,
                        SetIrqs.Action.TRIGGER,
                        new SetIrqs.Data.Bool(Image.ofHex("010001"))),
                0x1234,
                "341208002700000000000000000000001700000022000000010000000000000003000000010001",
                0);
    }

    @Test
    void refuses_other_sizes() throws Exception {
        Frames.refused(
                8,
                "14000000240000000000000000000000010000",
                1,
                "DEVICE_SET_IRQS has 0x13 bytes, 0x14 are needed");
        Frames.refused(
                8,
                "150000002400000000000000000000000100000000",
                1,
                "DEVICE_SET_IRQS has 0x15 bytes, not 0x14");
        Frames.refused(
                8,
                "140000002400000000000000000000000100000000",
                1,
                "DEVICE_SET_IRQS argsz is 0x14 for 0x15 bytes");
        Frames.refused(
                8,
                "16000000220000000000000000000000030000000101",
                0,
                "DEVICE_SET_IRQS has 0x16 bytes, not 0x17");
    }

    @Test
    void refuses_flags_that_are_not_one_of_each() throws Exception {
        Frames.refused(
                8,
                "1400000064000000000000000000000001000000",
                1,
                "DEVICE_SET_IRQS flags are 0x64, known are 0x3f");
        Frames.refused(
                8,
                "1400000034000000000000000000000001000000",
                1,
                "DEVICE_SET_IRQS flags are 0x34, not one action");
        Frames.refused(
                8,
                "1400000004000000000000000000000001000000",
                1,
                "DEVICE_SET_IRQS flags are 0x4, not one action");
        Frames.refused(
                8,
                "1400000023000000000000000000000001000000",
                0,
                "DEVICE_SET_IRQS flags are 0x3, not one kind of data");
        Frames.refused(
                8,
                "1400000020000000000000000000000001000000",
                0,
                "DEVICE_SET_IRQS flags are 0x0, not one kind of data");
    }

    @Test
    void refuses_other_counts() throws Exception {
        Frames.refused(
                8,
                "1400000024000000000000000000000002000000",
                1,
                "DEVICE_SET_IRQS came with 1 descriptors for 2 interrupts");
        Frames.refused(
                8,
                "1400000021000000000000000000000001000000",
                1,
                "DEVICE_SET_IRQS came with 1 descriptors, at most 0");
        Frames.refused(
                8,
                "14000000240000000000000000000000ffffffff",
                0,
                "DEVICE_SET_IRQS count is 0xffffffff, the most is 0x800");
        Frames.refused(
                8,
                "1400000024000000000000000000000000000000",
                0,
                "DEVICE_SET_IRQS count is 0, which only disables all of an index");
    }

    @Test
    void is_answered_with_a_header() throws Exception {
        Frames.reply(8, new Reply.Done(), "34120800100000000100000000000000");
    }
}

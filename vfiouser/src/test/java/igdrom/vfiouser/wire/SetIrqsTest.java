package igdrom.vfiouser.wire;

import igdrom.bytes.Image;
import org.junit.jupiter.api.Test;

class SetIrqsTest {
    @Test
    void connecting_eventfds_is_read() throws Exception {
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
    void disconnecting_eventfds_is_read() throws Exception {
        Frames.same(
                new SetIrqs(0, 0, 1, SetIrqs.Action.TRIGGER, new SetIrqs.Data.EventFd(false)),
                0x1234,
                "341208002400000000000000000000001400000024000000000000000000000001000000",
                0);
    }

    @Test
    void action_on_all_interrupts_is_read() throws Exception {
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
    void action_on_selected_interrupts_is_read() throws Exception {
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
    void message_of_another_size_is_refused() throws Exception {
        Frames.refused(
                8,
                "14000000240000000000000000000000010000",
                1,
                "DEVICE_SET_IRQS size is 0x13, the minimum is 0x14");
        Frames.refused(
                8,
                "150000002400000000000000000000000100000000",
                1,
                "DEVICE_SET_IRQS size is 0x15, expected 0x14");
        Frames.refused(
                8,
                "140000002400000000000000000000000100000000",
                1,
                "DEVICE_SET_IRQS argsz is 0x14, the message has 0x15 bytes");
        Frames.refused(
                8,
                "16000000220000000000000000000000030000000101",
                0,
                "DEVICE_SET_IRQS size is 0x16, expected 0x17");
    }

    @Test
    void flags_without_exactly_one_action_and_data_type_are_refused() throws Exception {
        Frames.refused(
                8,
                "1400000064000000000000000000000001000000",
                1,
                "DEVICE_SET_IRQS flags are 0x64, supported are 0x3f");
        Frames.refused(
                8,
                "1400000034000000000000000000000001000000",
                1,
                "DEVICE_SET_IRQS flags are 0x34, expected exactly one action");
        Frames.refused(
                8,
                "1400000004000000000000000000000001000000",
                1,
                "DEVICE_SET_IRQS flags are 0x4, expected exactly one action");
        Frames.refused(
                8,
                "1400000023000000000000000000000001000000",
                0,
                "DEVICE_SET_IRQS flags are 0x3, expected exactly one data type");
        Frames.refused(
                8,
                "1400000020000000000000000000000001000000",
                0,
                "DEVICE_SET_IRQS flags are 0x0, expected exactly one data type");
    }

    @Test
    void invalid_count_is_refused() throws Exception {
        Frames.refused(
                8,
                "1400000024000000000000000000000002000000",
                1,
                "DEVICE_SET_IRQS descriptor count is 1, expected 0 or 2");
        Frames.refused(
                8,
                "1400000021000000000000000000000001000000",
                1,
                "DEVICE_SET_IRQS descriptor count is 1, the maximum is 0");
        Frames.refused(
                8,
                "14000000240000000000000000000000ffffffff",
                0,
                "DEVICE_SET_IRQS count is 0xffffffff, the maximum is 0x800");
        Frames.refused(
                8,
                "1400000024000000000000000000000000000000",
                0,
                "DEVICE_SET_IRQS count is 0, allowed only to disable a whole index");
    }

    @Test
    void reply_is_a_header() throws Exception {
        Frames.reply(8, new Reply.Done(), "34120800100000000100000000000000");
    }
}

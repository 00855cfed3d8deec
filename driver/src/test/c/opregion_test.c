#include "check.h"
#include "opregion.h"
#include "vbt.h"

static uint8_t file[OPREGION_MAX + 0x1000];

static OpRegionPlan planned(size_t size) {
        OpRegionPlan plan;

        check(opregion_plan(file, size, &plan));
        return plan;
}

static bool has_vbt(size_t size, size_t offset, size_t length) {
        OpRegionPlan plan = planned(size);

        return plan.vbt_offset == offset && plan.vbt_size == length;
}

static void vbt_in_mailbox_4_needs_only_8_kib(void) {
        OpRegionPlan plan = planned(make_opregion(file, 0x100, 0, 0x1000));

        check(plan.extent == 0x2000 && plan.rvda == 0 && !plan.rewritten && !plan.cleared);
        check(has_vbt(0x2000, 0x400, 0x1000));
}

static void copy_has_no_mailbox_for_software_sci(void) {
        OpRegionPlan plan = planned(make_opregion(file, 0x201, 0x2000, 0x1000));

        check(read_u32(file + 0x58) == 0x1f);
        opregion_settle(file, &plan);
        check(read_u32(file + 0x58) == 0x1d && read_u64(file + 0x3ba) == 0x2000);
}

static void vbt_after_a_2_1_is_part_of_it(void) {
        OpRegionPlan plan = planned(make_opregion(file, 0x201, 0x2000, 0x2345));

        check(plan.extent == 0x4345 && plan.rvda == 0x2000 && plan.rvds == 0x2345 && !plan.rewritten && !plan.cleared);
        check(has_vbt(plan.extent, 0x2000, 0x2345));
}

static void absolute_rvda_of_2_0_becomes_relative_2_1(void) {
        OpRegionPlan plan = planned(make_opregion(file, 0x200, 0x7abc1000, 0x1800));
        OpRegionShape shape;

        check(plan.extent == 0x3800 && plan.rewritten && !plan.cleared);
        opregion_settle(file, &plan);
        check(opregion_shape(file, &shape) && shape.rvda == RVDA_RELATIVE && shape.vbt_address == 0x2000);
        check(has_vbt(plan.extent, 0x2000, 0x1800));
        check(file[0x16] == 1 && file[0x17] == 2);
}

static void absolute_rvda_is_cleared_when_no_vbt_follows(void) {
        make_opregion(file, 0x200, 0x7abc1000, 0x1800);
        make_vbt(file + 0x400, 0x1000);
        OpRegionPlan plan = planned(0x2000);

        check(plan.extent == 0x2000 && plan.cleared && !plan.rewritten);
        opregion_settle(file, &plan);
        check(read_u64(file + 0x3ba) == 0 && read_u32(file + 0x3c2) == 0 && file[0x16] == 0);
        check(has_vbt(0x2000, 0x400, 0x1000));
}

static void rvda_out_of_range_is_cleared(void) {
        static const uint64_t wild[] = { 0x2001, 0x4000, UINT64_MAX, UINT64_MAX - 0x1800, 1ULL << 63 };

        for (size_t i = 0; i < ELEMENTS(wild); i++) {
                size_t size = make_opregion(file, 0x201, 0x2000, 0x1800);
                write_u64(file + 0x3ba, wild[i]);
                check(planned(size).cleared);
        }
        size_t size = make_opregion(file, 0x201, 0x2000, 0x1800);
        write_u32(file + 0x3c2, UINT32_MAX);
        check(planned(size).cleared);
}

static void extent_of_a_preset_opregion_includes_its_vbt(void) {
        OpRegionShape shape;
        size_t extent;

        make_opregion(file, 0x302, 0x2000, 0x1e00);
        check(opregion_shape(file, &shape) && opregion_extent(&shape, &extent) && extent == 0x3e00);
        write_u64(file + 0x3ba, 0x10000000);
        check(opregion_shape(file, &shape) && !opregion_extent(&shape, &extent));
}

static void extent_of_a_preset_opregion_excludes_a_vbt_at_an_absolute_address(void) {
        OpRegionShape shape;
        size_t extent;

        make_opregion(file, 0x200, 0x7abc1000, 0x1800);
        check(opregion_shape(file, &shape) && shape.rvda == RVDA_ABSOLUTE);
        check(shape.vbt_address == 0x7abc1000 && shape.vbt_size == 0x1800);
        check(opregion_extent(&shape, &extent) && extent == OPREGION_SIZE);
        write_u32(file + 0x3c2, OPREGION_MAX);
        check(opregion_shape(file, &shape) && opregion_extent(&shape, &extent));
        write_u32(file + 0x3c2, OPREGION_MAX + 1);
        check(opregion_shape(file, &shape) && !opregion_extent(&shape, &extent));
}

static void rvda_is_ignored_without_mailbox_3(void) {
        size_t size = make_opregion(file, 0x201, 0x2000, 0x1800);

        write_u32(file + 0x58, 0x1b);
        check(planned(size).extent == 0x2000 && !planned(size).cleared);
}

static void file_that_is_not_an_opregion_is_refused(void) {
        OpRegionPlan plan = { .extent = 42 };
        OpRegionShape shape;

        make_opregion(file, 0x100, 0, 0x1000);
        check(!opregion_plan(file, 0x1fff, &plan) && !opregion_plan(file, 0, &plan));
        check(!opregion_plan(file, OPREGION_MAX + 1, &plan));
        file[0x10] = 9;
        check(!opregion_shape(file, &shape));
        make_opregion(file, 0x100, 0, 0x1000);
        file[3] ^= 1;
        check(!opregion_plan(file, 0x2000, &plan));
        make_opregion(file, 0x001, 0, 0x1000);
        check(!opregion_plan(file, 0x2000, &plan));
        check(plan.extent == 42);
}

static void long_vbt_extends_into_an_unused_mailbox_5(void) {
        make_opregion(file, 0x100, 0, 0x1a00);
        check(has_vbt(0x2000, 0, 0));
        write_u32(file + 0x58, 0x0f);
        check(has_vbt(0x2000, 0x400, 0x1a00));
}

static void opregion_needs_no_vbt(void) {

        planned(make_opregion(file, 0x100, 0, 0));
        check(has_vbt(0x2000, 0, 0));
}

static void vbt_that_is_not_whole_is_refused(void) {
        size_t size = 42;

        make_vbt(file, 0x100);
        check(vbt_size(file, 0x100, &size) && size == 0x100);
        check(!vbt_size(file, 0xff, &size) && !vbt_size(file, 0x1f, &size) && !vbt_size(file, 0, &size));
        write_u16(file + 0x18, 0x50);
        check(vbt_size(file, 0x100, &size) && size == 0x100);
        write_u16(file + 0x44, 0);
        check(vbt_size(file, 0x100, &size) && size == 0x50);
        write_u16(file + 0x18, 0x45);
        check(!vbt_size(file, 0x100, &size));
        make_vbt(file, 0x100);
        write_u32(file + 0x1c, UINT32_MAX);
        check(!vbt_size(file, 0x100, &size));
        write_u32(file + 0x1c, 0x10);
        check(!vbt_size(file, 0x100, &size));
        make_vbt(file, 0x100);
        file[0x30] = 'b';
        check(!vbt_size(file, 0x100, &size));
        make_vbt(file, 0x100);
        file[0] = '%';
        check(!vbt_size(file, 0x100, &size));
}

static void checksum_makes_the_sum_0(void) {
        uint8_t sum = 0;

        make_vbt(file, 0x123);
        file[0x1a] = 77;
        vbt_set_checksum(file, 0x123);
        for (size_t i = 0; i < 0x123; i++)
                sum = (uint8_t) (sum + file[i]);
        check(sum == 0);
}

#define TEST(function) { #function, function }
const Test opregion_tests[] = {
        TEST(vbt_in_mailbox_4_needs_only_8_kib),
        TEST(copy_has_no_mailbox_for_software_sci),
        TEST(vbt_after_a_2_1_is_part_of_it),
        TEST(absolute_rvda_of_2_0_becomes_relative_2_1),
        TEST(absolute_rvda_is_cleared_when_no_vbt_follows),
        TEST(rvda_out_of_range_is_cleared),
        TEST(extent_of_a_preset_opregion_includes_its_vbt),
        TEST(extent_of_a_preset_opregion_excludes_a_vbt_at_an_absolute_address),
        TEST(rvda_is_ignored_without_mailbox_3),
        TEST(file_that_is_not_an_opregion_is_refused),
        TEST(long_vbt_extends_into_an_unused_mailbox_5),
        TEST(opregion_needs_no_vbt),
        TEST(vbt_that_is_not_whole_is_refused),
        TEST(checksum_makes_the_sum_0),
        {},
};

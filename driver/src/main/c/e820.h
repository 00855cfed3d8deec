/* The hypervisor's own memory map, fw_cfg file etc/e820. Pure. */
#pragma once

#include "base.h"

/* Spec: ACPI 6.5, "Address Range Descriptor Structure": base, length, type; 20 bytes, packed. */
#define E820_ENTRY_SIZE 20U

/* Whether entries that are memory (RAM, reserved, ACPI) cover every byte of [base, base + size). */
bool e820_covers(const uint8_t *entries, size_t bytes, uint64_t base, uint64_t size);

/*
 * Whether the hypervisor reserves [base, base + size) in low memory: inside one reserved entry, and below the end of the
 * highest RAM below 4 GiB, so that it is memory and not a device.
 */
bool e820_sets_aside(const uint8_t *entries, size_t bytes, uint64_t base, uint64_t size);

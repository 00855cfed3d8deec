/* The name and the vendor GUID of the variable with the report. */
#pragma once

#include "proto/efi.h"

#define REPORT_VARIABLE_NAME { 'I', 'g', 'd', 'r', 'o', 'm', 'R', 'e', 'p', 'o', 'r', 't', 0 }
#define REPORT_VARIABLE_GUID { 0x6f3c2a9e, 0x51d7, 0x4be8, { 0x9a, 0x04, 0xd2, 0x7b, 0x1c, 0x85, 0xe3, 0x60 } }

/* dnsoptions.h - what the command line says of DNS */
#pragma once

#include "bin/options.h"

/* Its input is a StageOptions. */
extern const struct argp dns_argp;

/* Fills in what OPTIONS leave to CONFIG; the command line stands above it. */
void dns_options_resolve(StageOptions *options, const HishoConfig *config);

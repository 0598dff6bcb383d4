// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import io.mtor.common.config.Key;
import java.time.Duration;

/** How volunteers are audited. */
public record AuditConfig(
        @Key(doc = "Audit the answers of volunteers", byDefault = "true")
        boolean on,

        @Key(
                doc = "Percent of a volunteer's answers that are audited while it is on probation",
                byDefault = "100",
                atLeast = "1",
                atMost = "100")
        int probation,

        @Key(
                doc = "Percent of a volunteer's answers that are audited after its probation",
                byDefault = "10",
                atLeast = "1",
                atMost = "100")
        int share,

        @Key(doc = "Slots that a volunteer's worker is given while on probation", byDefault = "1", atLeast = "1")
        int slots,

        @Key(doc = "Most audits of one gateway at once", byDefault = "4", atLeast = "1", atMost = "1000")
        int most,

        @Key(doc = "Longest time an audit may take", byDefault = "2m", atLeast = "1s")
        Duration patience,

        @Key(
                doc = "A gateway asks at most one question with a known answer in this time",
                byDefault = "1s",
                atLeast = "10ms")
        Duration canary) {}

// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

/**
 * What the audits of one host say together: Wald's sequential probability ratio test (A. Wald, Sequential Tests of
 * Statistical Hypotheses, Annals of Mathematical Statistics 16, 1945) between a host whose answers differ in 1 of 1,000
 * audits and one whose answers differ in 50.
 *
 * <p>The score is the logarithm of the likelihood ratio. It does not fall below the bound at which a host is trusted, so
 * that a long good record buys nothing (E. S. Page, Continuous Inspection Schemes, Biometrika 41, 1954): who begins to lie
 * is on probation again with the first lie that is seen.
 *
 * @param score from {@link #TRUSTED_AT}; 0 for a host that nothing is known of
 */
public record Reputation(double score, int agreed, int differed) {

    static final double HONEST = 0.001;
    static final double LIAR = 0.05;

    /** How often an honest host may be caught in one test, and a liar trusted. */
    private static final double FALSE_ALARM = 1e-4;

    private static final double MISS = 1e-3;

    private static final double CAUGHT_AT = Math.log((1 - MISS) / FALSE_ALARM);
    private static final double TRUSTED_AT = Math.log(MISS / (1 - FALSE_ALARM));
    private static final double STEP_DIFFERED = Math.log(LIAR / HONEST);
    private static final double STEP_AGREED = Math.log((1 - LIAR) / (1 - HONEST));

    /** Of a host that nothing is known of. */
    public static final Reputation NEW = new Reputation(0, 0, 0);

    /** What follows from a reputation. */
    public enum Standing {
        /** Nearly every answer is audited, and it gets little. */
        PROBATION,
        /** Trusted for now: a sample is audited. */
        TRUSTED,
        /** It gets nothing more until an operator says otherwise. */
        CAUGHT
    }

    /** With one more audit. Who is caught stays caught. */
    public Reputation with(boolean agrees) {
        if (standing() == Standing.CAUGHT) {
            return this;
        }
        double next = Math.max(TRUSTED_AT, score + (agrees ? STEP_AGREED : STEP_DIFFERED));
        return new Reputation(next, agreed + (agrees ? 1 : 0), differed + (agrees ? 0 : 1));
    }

    public Standing standing() {
        if (score >= CAUGHT_AT) {
            return Standing.CAUGHT;
        }
        return score <= TRUSTED_AT ? Standing.TRUSTED : Standing.PROBATION;
    }
}

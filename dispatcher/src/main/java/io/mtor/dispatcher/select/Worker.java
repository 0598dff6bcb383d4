// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.Repertoire;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a worker, and how many slots it has for us.
 *
 * <h2>Counting slots</h2>
 *
 * <p>Free is what the worker said last, less the claims: intents assigned to it that it has not acknowledged. A claim
 * ends in one of three ways: a report lists its key, and the load in that report counts it; the worker refuses it; or
 * the accept limit passes. So each assigned intent is counted once, by us or by the worker, and no slot is leaked for
 * longer than the accept limit.
 *
 * <p>Announcements carry no keys and travel beside reports. One that has seen an assigned intent before its report came
 * counts it twice: a slot idles until the report, some milliseconds. One that is older than a report would count it not
 * at all, and give its slot away again: so for {@value #SETTLING_MILLIS} ms after a report or a refusal an announcement
 * may raise the number in flight but not lower it. If it happens all the same, the worker refuses and says its load.
 */
public final class Worker {

    private static final int SETTLING_MILLIS = 100;
    private static final long SETTLING_NANOS = SETTLING_MILLIS * 1_000_000L;

    private final WorkerId id;
    private String node;
    private final long incarnation;
    private final boolean synthetic;
    private final Breaker breaker;
    private final Claims claims = new Claims();
    private final Map<QueryType, Skill> skills = new HashMap<>();

    private int available;
    private Load load;
    private Health health = Health.HEALTHY;
    private boolean suspected;
    private boolean doubted;
    private boolean shut;

    /** What has begun here alone, since when, and until when company goes first; and for whom it is kept. */
    private @Nullable IntentKey alone;

    private long aloneSince;
    private long companyUntil;
    private @Nullable IntentKey keptFor;

    private long heard;
    private long judged;
    private long reported;

    /** The index's own: where it stands, and what of it has been counted there. */
    Repertoire repertoire;

    Offering[] offerings = {};
    int countedSlots;
    private @Nullable Offering out;

    Worker(WorkerAnnouncement first, Repertoire repertoire, Breaker breaker, long now) {
        this.id = first.worker();
        this.node = first.node();
        this.incarnation = first.incarnation();
        this.synthetic = first.synthetic();
        this.load = first.load();
        this.repertoire = repertoire;
        this.breaker = breaker;
        this.heard = now;
        this.reported = now - SETTLING_NANOS;
        this.companyUntil = now;
    }

    public WorkerId id() {
        return id;
    }

    public String node() {
        return node;
    }

    public long incarnation() {
        return incarnation;
    }

    public boolean isSynthetic() {
        return synthetic;
    }

    public Repertoire repertoire() {
        return repertoire;
    }

    public Load load() {
        return load;
    }

    public Health health() {
        return health;
    }

    public Breaker breaker() {
        return breaker;
    }

    public boolean isSuspected() {
        return suspected;
    }

    /** When it was last heard of. */
    public long heard() {
        return heard;
    }

    /** Slots that may be assigned now; 0 or less if none. */
    public int available() {
        return available;
    }

    /** Kept ready, because a pick looks at several workers and most of them are not in the processor's cache. */
    void recount() {
        boolean open = isOpen() && alone == null && keptFor == null;
        available = open ? slots() - busy() : 0;
    }

    /** True if it is in a state to be given anything. */
    private boolean isOpen() {
        return !shut && isWell();
    }

    private boolean isWell() {
        return !suspected && health == Health.HEALTHY && !load.draining();
    }

    /** True if it is worth waiting for, though it may have refused just now. */
    public boolean isWorthKeeping() {
        return isWell() && slots() > 0;
    }

    private int slots() {
        return Math.min(load.slots(), breaker.limit());
    }

    /** Counts a slot as taken until the worker says so itself. */
    public void claim(IntentKey key, long now) {
        claims.add(key, now);
        recount();
    }

    /** The same for an intent that is to have no company. */
    public void claimAlone(IntentKey key, long now) {
        alone = key;
        aloneSince = now;
        keptFor = null;
        claim(key, now);
    }

    /** Gives it nothing but this from now on; {@code null} ends that. */
    public void keepFor(@Nullable IntentKey key) {
        keptFor = key;
        recount();
    }

    public @Nullable IntentKey keptFor() {
        return keptFor;
    }

    /** True while it is kept for this one, or has been given it and has not said yet that it has begun. */
    public boolean isGivenUpFor(IntentKey key) {
        return key.equals(keptFor) || key.equals(alone);
    }

    /** True if it would surely begin an intent that is to have no company. */
    public boolean isIdle() {
        return isUsable() && alone == null && busy() == 0;
    }

    /** True if it would begin an intent that is to have no company as soon as all that it runs has begun to answer. */
    public boolean isAlmostIdle() {
        return isUsable() && alone == null && busy() < slots();
    }

    /** True while company goes first, because the worker was given up to a single intent for as long. */
    public boolean owesCompany(long now) {
        return now - companyUntil < 0;
    }

    /** True if it may be kept for an intent that is to have no company. */
    public boolean mayBeKept(long now) {
        return isUsable() && !isGivenUp() && !owesCompany(now);
    }

    /** True if it could be given something as soon as it has a free slot. */
    public boolean isUsable() {
        return isOpen() && slots() > 0;
    }

    /** True while a single intent has it, or it is kept for one. */
    boolean isGivenUp() {
        return alone != null || keptFor != null;
    }

    /** What it has, as far as is known. */
    public int busy() {
        return load.inFlight() + claims.size();
    }

    /** Whether what runs alone has begun to answer shows in the figures: until then every slot is taken. */
    private void endAlone(long now) {
        IntentKey key = alone;
        if (key != null && !claims.has(key) && load.free() > 0) {
            alone = null;
            companyUntil = now + (now - aloneSince);
        }
    }

    /** The worker has said something of this intent: its own figures count it now, or it does not have it. */
    public void unclaim(IntentKey key) {
        claims.remove(key);
        recount();
    }

    /** Gives up the claims that are overdue. */
    public List<IntentKey> unclaimWhile(LongPredicate overdue) {
        List<IntentKey> keys = claims.removeWhile(overdue);
        recount();
        return keys;
    }

    /** Gives up all claims. */
    public List<IntentKey> unclaimAll() {
        List<IntentKey> keys = claims.removeAll();
        recount();
        return keys;
    }

    /** Slots that an intent may hope for, busy ones included; 0 if it should not wait for this worker. */
    int liveSlots() {
        return health == Health.DOWN || load.draining() ? 0 : load.slots();
    }

    void announced(Load said, String from, long now) {
        node = from;
        boolean stale = now - reported < SETTLING_NANOS && said.inFlight() < load.inFlight();
        load = stale ? new Load(said.slots(), load.inFlight(), said.draining()) : said;
        heard(now);
        recount();
    }

    public void reported(Load said, boolean accepted, long now) {
        load = said;
        reported = now;
        if (accepted) {
            doubted = false;
            breaker.answered(now);
        }
        heard(now);
        recount();
    }

    private void heard(long now) {
        endAlone(now);
        heard = now;
        suspected = false;
        shut = false;
    }

    /** It refused. If it seems to have a free slot nevertheless, it gets nothing before it speaks again. */
    public void refused(Load said, long now) {
        load = said;
        reported = now;
        heard(now);
        recount();
        shut = available > 0;
        recount();
    }

    /** It did not accept in time: nothing more until it is heard of; the second time in a row is a failure. */
    public void suspect(long now) {
        if (doubted) {
            breaker.unanswered(now);
        }
        suspected = true;
        doubted = true;
        recount();
    }

    /** It accepted an intent and its gateway has given it up, for which nobody knows another reason. */
    public void gaveNoSign(long now) {
        if (isWell()) {
            breaker.silent(now);
            recount();
        }
    }

    /** When a health monitor spoke of it last. */
    public long judged() {
        return judged;
    }

    public void judged(Health verdict, long now) {
        judged = now;
        if (verdict == Health.HEALTHY) {
            suspected = false;
            if (health != Health.HEALTHY) {
                breaker.probe(now);
            }
        }
        health = verdict;
        recount();
    }

    Skill skill(QueryType type) {
        return skills.computeIfAbsent(type, t -> new Skill());
    }

    /** Forgets its speed at query types that it does not serve any more. */
    void keepSkills(Set<QueryType> types) {
        skills.keySet().retainAll(types);
    }

    /** Learns from an intent it has completed; true if it changed rank. */
    boolean learn(QueryType type, double difference) {
        Skill skill = skills.get(type);
        return skill != null && skill.learn(difference);
    }

    void takeOut(Offering offering) {
        offering.shelf.remove(offering);
        offering.nextOut = out;
        out = offering;
    }

    /** Puts all its offerings that are in no ring back into theirs. */
    void putBack() {
        Offering each = out;
        out = null;
        while (each != null) {
            Offering next = each.nextOut;
            each.nextOut = null;
            each.shelf.put(each);
            each = next;
        }
    }

    /** Replaces its offerings by new ones, which are in no ring yet. */
    void offer(List<Offering> now) {
        offerings = now.toArray(Offering[]::new);
        out = null;
        for (Offering each : offerings) {
            each.nextOut = out;
            out = each;
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import java.util.List;

/** The bytes between JVMs: which number stands for which message. Numbers are never used again. */
final class BusFormat {

    /** The position in this list is the number on the wire, so new messages go to its end. */
    static final RecordCodec<BusMessage> CODEC = new RecordCodec<>(List.of(
            DispatcherBound.Place.class,
            DispatcherBound.Withdraw.class,
            DispatcherBound.WorkerReport.class,
            DispatcherBound.Refused.class,
            WorkerBound.Assign.class,
            WorkerBound.Cancel.class,
            WorkerBound.Resume.class,
            WorkerBound.Credit.class,
            WorkerBound.Ping.class,
            MonitorBound.Pong.class,
            GatewayBound.Waiting.class,
            GatewayBound.Rejected.class,
            GatewayBound.Accepted.class,
            GatewayBound.Text.class,
            GatewayBound.MediaPart.class,
            GatewayBound.Progress.class,
            GatewayBound.Completed.class,
            GatewayBound.Failed.class,
            GatewayBound.Alive.class,
            GatewayBound.UnknownIntent.class,
            Announcement.WorkerAnnouncement.class,
            Announcement.WorkerLeft.class,
            Announcement.DispatcherAnnouncement.class,
            Announcement.DispatcherLeft.class,
            Announcement.GatewayAnnouncement.class,
            Announcement.GatewayLeft.class,
            Announcement.MonitorAnnouncement.class,
            Announcement.MonitorLeft.class,
            Announcement.Verdict.class,
            Announcement.Rollcall.class,
            WorkerBound.Probe.class,
            GatewayBound.Moved.class,
            WorkerBound.Drain.class,
            Operating.Notice.class,
            Operating.Ask.class,
            Operating.DispatcherPulse.class,
            Operating.GatewayPulse.class,
            Operating.HostBookSum.class,
            Operating.HostBookLines.class,
            Operating.Audited.class));

    private BusFormat() {}
}

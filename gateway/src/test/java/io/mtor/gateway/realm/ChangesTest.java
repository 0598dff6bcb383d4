// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.DispatcherAnnouncement;
import io.mtor.common.protocol.DispatcherId;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final DispatcherId DISPATCHER = new DispatcherId("dispatcher-1");

    private final RealmView realm = new RealmView();

    @Test
    void shouldShowThatFewerWait() {
        realm.hear(new DispatcherAnnouncement(DISPATCHER, "node", 7), 0);
        realm.takeChange();

        realm.hear(new DispatcherAnnouncement(DISPATCHER, "node", 0), 1_000);

        assertThat(realm.takeChange()).isTrue();
        assertThat(realm.snapshot().waiting()).isZero();
    }

    @Test
    void shouldShowNothingNewWhenNothingChanged() {
        realm.hear(new DispatcherAnnouncement(DISPATCHER, "node", 7), 0);
        realm.takeChange();

        realm.hear(new DispatcherAnnouncement(DISPATCHER, "node", 7), 1_000);

        assertThat(realm.takeChange()).isFalse();
    }
}

-- One instance for each state that a task handles. Running ones have a guest once the node has started.
INSERT INTO instances (name, vm_state, task_state, power_state, image, changed_at) VALUES
    ('web-1',    'active',       NULL,        'running',  'debian', unixepoch() - 86400),
    ('web-2',    'active',       NULL,        'running',  'debian', unixepoch() - 86400),
    ('mail-1',   'active',       NULL,        'running',  'debian', unixepoch() - 86400),
    ('batch-1',  'active',       NULL,        'shutdown', 'debian', unixepoch() - 3600),
    ('build-1',  'building',     'spawning',  'shutdown', 'fedora', unixepoch() - 3600),
    ('reboot-1', 'active',       'rebooting', 'running',  'debian', unixepoch() - 3600),
    ('rescue-1', 'rescued',      NULL,        'running',  'debian', unixepoch() - 86400),
    ('resize-1', 'resized',      NULL,        'running',  'debian', unixepoch() - 86400),
    ('shelf-1',  'shelved',      NULL,        'shutdown', 'fedora', unixepoch() - 86400),
    ('trash-1',  'soft-deleted', NULL,        'shutdown', 'alpine', unixepoch() - 86400),
    ('ghost-1',  'deleted',      NULL,        'running',  'alpine', unixepoch() - 3600);

INSERT INTO migrations (instance, status, changed_at) VALUES
    ('resize-1', 'finished',  unixepoch() - 86400),
    ('ghost-1',  'migrating', unixepoch() - 7200);

INSERT INTO console_auth_tokens (token, instance, expires_at) VALUES
    ('5f3c', 'web-1', unixepoch() - 600),
    ('a1b2', 'web-2', unixepoch() - 60),
    ('c4d5', 'web-2', unixepoch() + 600);

INSERT INTO image_cache (image, last_used_at) VALUES
    ('debian', unixepoch() - 172800),
    ('centos', unixepoch() - 172800);

INSERT INTO info_cache (instance, addresses, refreshed_at) VALUES
    ('web-1', '192.0.2.11', unixepoch() - 86400),
    ('web-2', '192.0.2.12', unixepoch() - 7200),
    ('ghost-1', '192.0.2.13', unixepoch() - 7200);

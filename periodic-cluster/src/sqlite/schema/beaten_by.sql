ALTER TABLE services ADD COLUMN beaten_by TEXT;    -- that joined or beat last, until it leaves

"""How days and moments are written: as Decree 30/2020/NĐ-CP does in figures, in both languages."""

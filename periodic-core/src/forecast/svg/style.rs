/// The colours, for light and dark viewers; they can be distinguished without red and green. Each rule applies to the
/// picture alone, so that it can stand inside a page.
pub(super) const CSS: &str = "
.pf text{font-family:ui-sans-serif,system-ui,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;fill:#1f2328}
.pf .h{font-size:17px;font-weight:600}
.pf .b{font-size:14px;font-weight:600}
.pf .m{font-size:12px;fill:#59636e}
.pf .a{font-size:10.5px;fill:#59636e}
.pf .n{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
.pf .q{fill:#59636e}
.pf .e{text-anchor:end}
.pf .c{text-anchor:middle}
.pf .paper{fill:#ffffff}
.pf .g{stroke:#d1d9e0;stroke-width:.6;fill:none}
.pf .l{stroke:#d1d9e0;stroke-width:.4;fill:none}
.pf .t{stroke:#0550ae;stroke-width:1.1;fill:none}
.pf .t.k{fill:#0550ae;stroke:none}
.pf .r{fill:#80b3f5}
.pf .d{fill:#0550ae;fill-opacity:.75}
.pf .d1{fill-opacity:.25}
.pf .d2{fill-opacity:.45}
.pf .d3{fill-opacity:.6}
.pf .s{fill:#a5cdfa}
.pf .o{stroke:#bc4c00;stroke-width:1.4;fill:none;stroke-linejoin:round}
.pf .o.k{fill:#bc4c00;stroke:none}
.pf .ot{font-size:12px;fill:#bc4c00}
.pf .w{fill:#cf222e;fill-opacity:.25}
.pf .wt{font-size:11px;fill:#cf222e}
@media (prefers-color-scheme:dark){
.pf text{fill:#e6edf3}
.pf .m,.pf .a,.pf .q{fill:#9198a1}
.pf .paper{fill:#0d1117}
.pf .g,.pf .l{stroke:#3d444d}
.pf .t{stroke:#79c0ff}
.pf .t.k,.pf .d{fill:#79c0ff}
.pf .r{fill:#1f5a9e}
.pf .s{fill:#1c4a80}
.pf .o{stroke:#f0883e}
.pf .o.k,.pf .ot{fill:#f0883e}
.pf .w{fill:#ff7b72;fill-opacity:.35}
.pf .wt{fill:#ff7b72}
}
";

/// The colours, for light and dark viewers, told apart also without red and green.
pub(super) const CSS: &str = "
text{font-family:ui-sans-serif,system-ui,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif;fill:#1f2328}
.h{font-size:17px;font-weight:600}
.b{font-size:14px;font-weight:600}
.m{font-size:12px;fill:#59636e}
.a{font-size:10.5px;fill:#59636e}
.n{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
.q{fill:#59636e}
.e{text-anchor:end}
.c{text-anchor:middle}
.paper{fill:#ffffff}
.g{stroke:#d1d9e0;stroke-width:.6;fill:none}
.l{stroke:#d1d9e0;stroke-width:.4;fill:none}
.t{stroke:#0550ae;stroke-width:1.1;fill:none}
.t.k{fill:#0550ae;stroke:none}
.r{fill:#80b3f5}
.d{fill:#0550ae;fill-opacity:.75}
.d1{fill-opacity:.25}
.d2{fill-opacity:.45}
.d3{fill-opacity:.6}
.s{fill:#a5cdfa}
.o{stroke:#bc4c00;stroke-width:1.4;fill:none;stroke-linejoin:round}
.o.k{fill:#bc4c00;stroke:none}
.ot{font-size:12px;fill:#bc4c00}
.w{fill:#cf222e;fill-opacity:.25}
.wt{font-size:11px;fill:#cf222e}
@media (prefers-color-scheme:dark){
text{fill:#e6edf3}
.m,.a,.q{fill:#9198a1}
.paper{fill:#0d1117}
.g,.l{stroke:#3d444d}
.t{stroke:#79c0ff}
.t.k,.d{fill:#79c0ff}
.r{fill:#1f5a9e}
.s{fill:#1c4a80}
.o{stroke:#f0883e}
.o.k,.ot{fill:#f0883e}
.w{fill:#ff7b72;fill-opacity:.35}
.wt{fill:#ff7b72}
}
";

namespace VrrpPS.Engine.Report;

/// <summary>The style sheet of the page: light and dark as the reader's system has it, and ink on white when printed.</summary>
internal static class ReportStyle
{
    public const string Sheet = """
        :root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--page:#fff;--card:#f6f8fa;--bad:#b42318;--warn:#7a5200;--good:#1a7f37;--link:#0969da}
        @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--line:#3d444d;--page:#0d1117;--card:#151b23;--bad:#ff7b72;--warn:#e3b341;--good:#56d364;--link:#4493f8}}
        *{box-sizing:border-box}body{margin:0 auto;max-width:1080px;padding:24px;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        h1{font-size:26px;margin:0 0 4px}h2{font-size:19px;margin:36px 0 10px;padding-bottom:4px;border-bottom:1px solid var(--line)}
        p{margin:6px 0}.soft{color:var(--soft)}.tiles{display:flex;flex-wrap:wrap;gap:12px;margin:20px 0}
        .tile{flex:1 1 150px;border:1px solid var(--line);border-radius:8px;background:var(--card);padding:10px 14px}
        .tile b{display:block;font-size:22px;line-height:1.3}.tile span{color:var(--soft);font-size:13px}
        .good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:13.5px}
        th,td{text-align:left;vertical-align:top;padding:5px 10px 5px 0;border-bottom:1px solid var(--line);overflow-wrap:break-word}
        th{color:var(--soft);font-weight:600;white-space:nowrap}td.n,th.n{text-align:right;white-space:nowrap}td.t{white-space:nowrap;font-variant-numeric:tabular-nums}
        svg{max-width:100%;height:auto;display:block}.legend{display:flex;flex-wrap:wrap;gap:6px 18px;font-size:13px;color:var(--soft);margin:4px 0 10px}
        .legend svg{display:inline-block;width:12px;height:12px;vertical-align:-1px;margin-right:5px}
        @media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#bbb;--page:#fff;--card:#fff;--bad:#a00;--warn:#750;--good:#060}
        body{max-width:none;padding:0;font-size:11pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}h2{break-after:avoid}tr,svg,.tile{break-inside:avoid}thead{display:table-header-group}}
        """;
}

using System.Globalization;
using System.Text;
using VrrpPS.Bench.Network;

namespace VrrpPS.Bench.Nodes;

/// <summary>
/// Many virtual routers with one address each on one interface: one text, which both programs read. Priorities are at random and
/// different, so that those who wait for nobody become Master at different times: their phases are spread over the interval.
/// </summary>
/// <param name="Routers">How many, 1..255.</param>
/// <param name="Interval">The advertisement interval in centiseconds.</param>
internal sealed record LoadPlan(int Routers, int Interval)
{
    private const int GreatestPriority = 254;

    /// <summary>Whether keepalived asks for real-time priority.</summary>
    public bool RealTime { get; init; }

    /// <summary>The text.</summary>
    /// <param name="seed">For the priorities.</param>
    public string Configuration(int seed)
    {
        int[] priorities = [.. Enumerable.Range(1, GreatestPriority), 1 + (GreatestPriority / 2)];
        new Random(seed).Shuffle(priorities);
        var text = new StringBuilder();

        // One repetition of the announcements, so that they are over before the measurement.
        text.Append("global_defs {\n    router_id bench\n    vrrp_garp_master_delay 1\n    vrrp_garp_master_repeat 1\n");
        text.Append(RealTime ? "    vrrp_rt_priority 50\n}\n" : "}\n");
        for (int i = 0; i < Routers; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                vrrp_instance R{{i + 1}} {
                    state BACKUP
                    version 3
                    virtual_router_id {{i + 1}}
                    interface {{BenchNetwork.LinkName}}
                    priority {{priorities[i]}}
                    advert_int {{Interval / 100m:0.##}}
                    virtual_ipaddress {
                        {{BenchNetwork.VirtualAddress(i)}}/{{BenchNetwork.PrefixLength}}
                    }
                }

                """);
        }

        return text.ToString();
    }
}

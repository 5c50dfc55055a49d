using System.Reflection;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

public sealed class CheckpointTests
{
    private const BindingFlags AllFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Type[] s_leaves =
    [
        typeof(Instant), typeof(Instant[]), typeof(InetAddress), typeof(Interval), typeof(int), typeof(byte), typeof(bool), typeof(long),
    ];

    private long _next = 1;

    [Fact]
    public void No_field_of_the_machine_is_forgotten()
    {
        var router = new VirtualRouter(new RouterParameters());
        int fields = Fill(router);
        var checkpoint = router.Save();
        Assert.True(fields > 40, $"Only {fields} fields were found: the test does not see the machine.");
        Assert.Equal(fields, checkpoint.Values.Count);
        Assert.Equal(checkpoint.Values, VirtualRouter.Restore(checkpoint).Save().Values);
        Assert.Equal(Leaves(router), Leaves(VirtualRouter.Restore(checkpoint)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_restored_router_goes_on_as_the_saved_one(int seed)
    {
        var inputs = new RandomInputs(seed);
        var router = new VirtualRouter(inputs.Parameters);
        var effects = new EffectBuffer();
        var copied = new EffectBuffer();
        var states = new HashSet<RouterState>();
        for (int i = 0; i < 20_000; i++)
        {
            var input = inputs.Next(router, out var now);
            var copy = VirtualRouter.Restore(router.Save());
            effects.Clear();
            copied.Clear();
            router.Step(input, now, effects);
            copy.Step(input, now, copied);
            Assert.Equal(effects.Span.ToArray(), copied.Span.ToArray());
            Assert.Equal(router.Save().Values, copy.Save().Values);
            Assert.Equal(router.NextDeadline, copy.NextDeadline);
            states.Add(router.State);
        }

        Assert.Equal(Enum.GetValues<RouterState>().Order(), states.Order());
    }

    [Theory]
    [InlineData("state", "x", "'x' is no number")]
    [InlineData("masterAddress", "10.0.0", "'10.0.0' is no address")]
    [InlineData("priority", "256", "out of range")]
    [InlineData("someday", "1", "no router of this version knows")]
    public void A_value_that_belongs_nowhere_is_refused(string name, string value, string reason)
    {
        var checkpoint = new VirtualRouter(new RouterParameters()).Save();
        var values = new Dictionary<string, string>(checkpoint.Values) { [name] = value };
        Assert.Contains(reason, Assert.Throws<FormatException>(() => VirtualRouter.Restore(checkpoint with { Values = values })).Message, StringComparison.Ordinal);
    }

    /// <summary>Gives every field a value of its own, those of the structures inside included; how many there are.</summary>
    private int Fill(object target)
    {
        int count = 0;
        foreach (var field in FieldsOf(target))
        {
            object? value = Distinct(field.FieldType);
            if (value is null)
            {
                value = field.GetValue(target)!;
                count += Fill(value);
            }
            else
            {
                count++;
            }

            field.SetValue(target, value);
        }

        return count;
    }

    private object? Distinct(Type type)
    {
        long value = ++_next;
        return type switch
        {
            _ when type.IsEnum => Enum.ToObject(type, value),
            _ when type == typeof(Instant) => new Instant(value),
            _ when type == typeof(Instant[]) => new[] { new Instant(value), new Instant(-value) },
            _ when type == typeof(InetAddress) => InetAddress.FromIPv4((uint)value),
            _ when type == typeof(Interval) => new Interval((int)value),
            _ when type == typeof(bool) => true,
            _ when type == typeof(byte) => (byte)value,
            _ when type == typeof(int) => (int)value,
            _ when type == typeof(long) => value,
            _ => null,
        };
    }

    private static List<object> Leaves(object target)
    {
        var leaves = new List<object>();
        foreach (var field in FieldsOf(target))
        {
            object value = field.GetValue(target)!;
            if (value is Instant[] instants)
            {
                leaves.AddRange(instants.Cast<object>());
            }
            else if (s_leaves.Contains(field.FieldType) || field.FieldType.IsEnum)
            {
                leaves.Add(value);
            }
            else
            {
                leaves.AddRange(Leaves(value));
            }
        }

        return leaves;
    }

    private static IEnumerable<FieldInfo> FieldsOf(object target)
        => target.GetType().GetFields(AllFields).Where(static field => field.FieldType != typeof(RouterParameters));
}

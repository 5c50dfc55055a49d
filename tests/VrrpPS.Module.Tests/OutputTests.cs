using System.Reflection;

namespace VrrpPS.Module.Tests;

public sealed class OutputTests
{
    private static readonly Type[] Plain = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(TimeSpan), typeof(DateTimeOffset)];

    public static TheoryData<Type> Types => [.. OutputTypes.All];

    [Fact]
    public void All_types_are_found()
        => Assert.Superset(
            new HashSet<Type> { typeof(VrrpInstance), typeof(VrrpConfiguration), typeof(VrrpState), typeof(VrrpTransition), typeof(VrrpCounter), typeof(VrrpEvent), typeof(VrrpAdvert), typeof(VipReachability), typeof(VrrpAddressState), typeof(VrrpTrackerState) },
            OutputTypes.All.ToHashSet());

    [Theory]
    [MemberData(nameof(Types))]
    public void Properties_survive_ConvertTo_Json_and_Export_Csv(Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var element = OutputTypes.ElementOf(property.PropertyType);
            Assert.True(
                Plain.Contains(element) || element.IsEnum || OutputTypes.All.Contains(element),
                $"{type.Name}.{property.Name} is a {property.PropertyType}: use text, numbers, instants, durations, enums, lists or another output type.");
            Assert.False(property.CanWrite && !IsInitOnly(property), $"{type.Name}.{property.Name} can be changed after the object was made.");
            if (element.IsEnum)
            {
                Assert.Equal(typeof(long), Enum.GetUnderlyingType(element));
            }

            if (element == typeof(TimeSpan))
            {
                var seconds = type.GetProperty(property.Name + "Seconds");
                Assert.True(seconds is not null, $"{type.Name}.{property.Name} has no {property.Name}Seconds beside it.");
                Assert.Equal(typeof(double), OutputTypes.ElementOf(seconds.PropertyType));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void An_object_inside_another_has_a_text_for_its_cell(Type type)
    {
        bool isInside = OutputTypes.All.SelectMany(t => t.GetProperties()).Any(p => OutputTypes.ElementOf(p.PropertyType) == type);
        if (isInside)
        {
            Assert.Equal(type, type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType);
            Assert.DoesNotContain(type.GetMethod(nameof(ToString), Type.EmptyTypes)!.GetCustomAttributesData(), a => a.AttributeType.Name == "CompilerGeneratedAttribute");
        }
    }

    private static bool IsInitOnly(PropertyInfo property)
        => property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}
